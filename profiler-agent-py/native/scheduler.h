// Where the kernel has every thread of the target: on a core, ready without one, or blocked, and in what.
//
// Two sources. Context switches (switches.h) are exact, and a look at a thread that has not moved costs no system call. Where the machine
// does not allow them, /proc (task_files.h) gives an estimate. A thread whose ring could not be had falls back alone.
//
// A look is one instant: tl_sched_tick looks at all threads, tl_sched_look tells what was seen of one. The tick must always come from the
// thread that samples: that thread pushes others off their core, and this must not be blamed on the program.
#ifndef TL_SCHEDULER_H
#define TL_SCHEDULER_H

#include "slices.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum tl_place {
    TL_PLACE_GONE,    // the kernel no longer knows the thread
    TL_PLACE_CORE,    // on a core
    TL_PLACE_READY,   // ready to run, without a core
    TL_PLACE_BLOCKED, // waiting in the kernel
};

// `call` of a look when the thread is blocked, but not in a system call (a page fault), and when the kernel would not say.
#define TL_CALL_NONE (-1)
#define TL_CALL_SECRET (-2)

struct tl_look {
    uint8_t place;    // enum tl_place
    bool ran;         // it may have run since the look before this one: what was read of it then may be stale
    bool exact;       // told by context switches, not estimated
    int16_t core;     // the core it is on or was last on; -1 unknown
    uint32_t block;   // counts its blocks: the same number is the same wait in the kernel
    int32_t call;     // number of the system call it is blocked in, or TL_CALL_*; means something only while blocked
    uint64_t args[6]; // of that call
    uint64_t sp;      // its stack pointer there
};

struct tl_sched;

// NULL with errno when the process is not in /proc or memory is short.
struct tl_sched *tl_sched_open(pid_t pid);
void tl_sched_close(struct tl_sched *sched);

// Slots are small numbers, used again after a removal. Returns the slot or -errno.
int tl_sched_add(struct tl_sched *sched, pid_t tid);
void tl_sched_remove(struct tl_sched *sched, int slot);

// Looks at all threads, after `now`.
void tl_sched_tick(struct tl_sched *sched, int64_t now);

// What the last look at a thread saw; adding a thread looks at it. The pointer holds until the next tl_sched_add.
const struct tl_look *tl_sched_look(const struct tl_sched *sched, int slot);

// True while the thread has certainly not switched since the last look, so that what was read of it since belongs to the look. One load
// from memory; always false for a thread without a ring.
bool tl_sched_still(const struct tl_sched *sched, int slot);

// CPU time and run delay of a thread so far, in ns, as the kernel accounts them (up to a scheduler tick late).
bool tl_sched_times(struct tl_sched *sched, int slot, uint64_t *cpu_ns, uint64_t *delay_ns);

// The kernel's letter for a thread (R, S, D, T, t, Z, X), 0 when it is gone. One read; for the few blocks whose system call does not tell.
char tl_sched_letter(struct tl_sched *sched, int slot);

// From `now` on, the switches of a slot are made into slices of this thread; nothing happens where it has no ring. Of the slots of one thread
// that are in use at the same time, only one.
void tl_sched_begin_slices(struct tl_sched *sched, int slot, int32_t thread, int64_t now);

// The thread has had CPU time since its ring was opened: if it has not switched since, it was on its core all the time.
void tl_sched_has_run(struct tl_sched *sched, int slot);

// To be called when the thread was seen, after the last look, not to have come to its end yet: until then what its ring says holds.
void tl_sched_lives(struct tl_sched *sched, int slot);

// Ends that. False when there was nothing to end.
bool tl_sched_end_slices(struct tl_sched *sched, int slot);

// Puts the slices of all threads into the batch, as far as they went at `until`.
void tl_sched_tell_slices(struct tl_sched *sched, struct tl_batch *batch, int64_t until);

// For the feature `switches`: "ok", or in words why they are estimated, for all threads or for how many. Holds until the next call.
const char *tl_sched_switches(struct tl_sched *sched);

#endif
