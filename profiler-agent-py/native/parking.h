// What a thread that is blocked in a futex waits for.
//
// CPython parks a thread by putting a `struct wait_entry` on its stack and waiting on the semaphore inside it. The futex address of the
// blocked system call therefore leads to the entry, the entry to the address that is waited on, and the kind of thing that address lies in
// says what it is. Everything read is checked; what does not add up is TL_PARK_UNKNOWN, never a guess.
#ifndef TL_PARKING_H
#define TL_PARKING_H

#include "scheduler.h"
#include "types.h"

#include <stdint.h>

enum tl_park_kind {
    TL_PARK_UNKNOWN,
    TL_PARK_LOCK,             // a `_thread.lock`; what it is for, the stack must say
    TL_PARK_RLOCK,            // a `_thread.RLock`
    TL_PARK_QUEUE,            // a `_queue.SimpleQueue` that is empty
    TL_PARK_CRITICAL_SECTION, // the per-object lock of some object
    TL_PARK_INTERPRETER_LOCK, // a lock of the interpreter or of the runtime
    TL_PARK_INTERNAL_LOCK,    // a lock inside some other C structure
    TL_PARK_EVENT,            // an event of the interpreter: the end of a thread, most often
    TL_PARK_PAUSE,            // its own state word: the world is stopped
    TL_PARK_PAUSE_REQUEST,    // it asked for a pause and waits for the others to stop
    TL_PARK_GIL,
    TL_PARK_NATIVE_LOCK,      // a lock outside the parking lot: a pthread mutex, or a semaphore that an object of the frame owns
    TL_PARK_NATIVE_SIGNAL,    // a condition variable, or the end of a thread, waited for by native code
};

struct tl_park {
    uint8_t kind;     // enum tl_park_kind
    uint64_t address; // what is waited on: an address in the parking lot, or the futex
    uint64_t object;  // the Python object it belongs to, 0 none known
    int64_t start;   // since when, ns of the monotonic clock; 0 where nobody keeps it
    uint64_t given;  // address of an int: 1 once the lock was handed to this waiter, who may not have a core yet; 0 none
};

// Where in the target the blocked thread belongs.
struct tl_parking_thread {
    uint64_t tstate;
    uint64_t interp;
    uint64_t gil;        // the GIL that its interpreter uses, 0 unknown
    uint64_t leaf_frame; // its innermost frame, 0 unknown
};

struct tl_parking;

// `target` and `types` must outlive it. NULL when memory is short.
struct tl_parking *tl_parking_open(const struct tl_target *target, struct tl_types *types);
void tl_parking_close(struct tl_parking *parking);

// False once several threads were seen to wait on their own stacks and none of them in a queue of the parking lot: it is not laid out as we know
// it, and what they wait for is unknown.
bool tl_parking_is_known(const struct tl_parking *parking);

// `look` must be of a thread that is blocked in a futex. Two reads of the target in the common case.
struct tl_park tl_parking_find(struct tl_parking *parking, const struct tl_parking_thread *thread, const struct tl_look *look);

#endif
