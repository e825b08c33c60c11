// What threads wait for or hold: each distinct one gets a number, in order of arrival, and a row in the batch in which it first appears.
#ifndef TL_LOCKS_H
#define TL_LOCKS_H

#include "batch.h"

// As the kinds of the wire, in the order of docs/wire-protocol.md.
enum tl_lock_kind {
    TL_KIND_NONE,
    TL_KIND_LOCK,
    TL_KIND_RLOCK,
    TL_KIND_SEMAPHORE,
    TL_KIND_CRITICAL_SECTION,
    TL_KIND_INTERPRETER_LOCK,
    TL_KIND_INTERNAL_LOCK,
    TL_KIND_NATIVE_LOCK,
    TL_KIND_GIL,
    TL_KIND_PAUSE,
    TL_KIND_PAUSE_REQUEST,
    TL_KIND_CONDITION,
    TL_KIND_QUEUE,
    TL_KIND_JOIN,
    TL_KIND_NATIVE_SIGNAL,
};

// A limit that a program must not be able to push the agent's memory past.
#define TL_MAX_LOCKS (1 << 18)

struct tl_locks;

struct tl_locks *tl_locks_new(void);
void tl_locks_free(struct tl_locks *locks);

// The number of a lock, -1 when the table is full or memory is short. Its row goes into the batch when it is new, and a few more times
// with other threads on whose stacks its name can be looked for: `tstate` is the thread state of one that waits for it or holds it.
int32_t tl_lock_number(struct tl_locks *locks, struct tl_batch *batch, uint8_t kind, uint64_t address, const char *type, uint64_t tstate);

// A thread was seen to wait for it or to hold it.
void tl_lock_used(struct tl_locks *locks, int32_t number, int32_t thread, int64_t now);

// Whether two threads were seen to use it of late. One that a thread has to itself is not waited for.
bool tl_lock_is_shared(const struct tl_locks *locks, uint8_t kind, uint64_t address, int64_t now);

uint8_t tl_lock_kind(const struct tl_locks *locks, int32_t number);
uint64_t tl_lock_address(const struct tl_locks *locks, int32_t number);

// To be called when a batch begins: rows are told once a batch.
void tl_locks_next_batch(struct tl_locks *locks);

#endif
