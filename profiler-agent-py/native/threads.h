// The threads of the target that run Python, followed as they come and go.
#ifndef TL_THREADS_H
#define TL_THREADS_H

#include "held.h"
#include "interpreters.h"
#include "scheduler.h"
#include "state.h"
#include "trace.h"
#include "waits.h"

// A lock that a thread waits for without being parked.
struct tl_spin {
    uint8_t kind;    // enum tl_lock_kind
    uint64_t object; // 0 where it is the interpreter's
    uint64_t mutex;
};

struct tl_thread {
    int32_t number;        // in the stream; the thread states of one thread share it
    pid_t tid;
    pid_t inner_tid;       // as its own process knows it
    uint64_t tstate;
    uint64_t id;           // of the thread state, given out once
    uint64_t ident;
    uint64_t interp;
    uint64_t start_ticks;  // when the kernel started it: with the tid, which kernel thread it is
    int64_t start;
    int slot;              // in the scheduler
    bool listed;           // met in the walk under way
    bool doubled;          // this thread has another thread state in the list: it entered another interpreter
    bool seen;             // this tick has something to tell of it

    struct tl_places places;
    struct tl_trace_memo trace_memo;
    struct tl_state_memo state_memo;
    struct tl_trace trace;     // of the last look at its stack
    bool stack_known;          // that look succeeded
    bool roles_known;
    int8_t flags;
    uint8_t attachment;
    bool gil_requested;
    uint8_t place;             // where the last tick saw it
    uint32_t block;
    uint8_t state;
    struct tl_run run;         // count 0: none under way
    bool spins;                // at the last look
    struct tl_spin spin;
    struct tl_wait wait;
    struct tl_held held[TL_MAX_HELD];  // as of that look
    int held_count;
    bool ran;                  // since its CPU time was last told
    int64_t first_cpu;         // its CPU time when it was met
};

struct tl_threads {
    struct tl_thread **items;
    int count;
    int capacity;
    int32_t next_number;
    bool expecting;            // a thread state was met whose thread does not run yet: look again soon
    struct {
        pid_t tid;
        uint64_t start_ticks;
        int64_t start;
        int32_t number;
    } left[64];                // threads that left Python of late: they may come back under a new thread state
    int left_next;
};

// What the owner of a list does when it changes.
struct tl_threads_owner {
    void *context;
    void (*came)(void *context, struct tl_thread *thread);
    void (*went)(void *context, struct tl_thread *thread);  // its last words; it is freed afterwards
};

// Brings the list up to date with the target. False when the walk met a change under way: nothing was concluded from it.
bool tl_threads_update(struct tl_threads *threads, const struct tl_target *target,
                       const struct tl_interpreters *interpreters, struct tl_sched *sched, int64_t now,
                       const struct tl_threads_owner *owner);

// NULL where none of them has this thread state.
const struct tl_thread *tl_thread_of_state(const struct tl_threads *threads, uint64_t tstate);

void tl_threads_free(struct tl_threads *threads);

#endif
