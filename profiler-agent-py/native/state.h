// The state of a thread at a tick: the rules of docs/states.md.
//
// The kernel's word comes from scheduler.h; the interpreter's from the thread state, the parking lot and the role of the code that waits.
// What none of them settles is unknown.
#ifndef TL_STATE_H
#define TL_STATE_H

#include "locks.h"
#include "parking.h"
#include "scheduler.h"

#include <stdbool.h>
#include <stdint.h>

// As on the wire.
enum tl_state {
    TL_STATE_UNKNOWN,
    TL_STATE_RUNNING,
    TL_STATE_NATIVE,
    TL_STATE_RUNNABLE,
    TL_STATE_LOCK,
    TL_STATE_SIGNAL,
    TL_STATE_GIL,
    TL_STATE_PAUSED,
    TL_STATE_IO,
    TL_STATE_IDLE,
};

// `PyThreadState.state` of the target.
enum tl_attachment {
    TL_DETACHED = 0,
    TL_ATTACHED = 1,
    TL_SUSPENDED = 2,
    TL_SHUTTING_DOWN = 3,
};

// What a function of the standard library waits for when it takes a lock or sleeps. Where the kernel and the parking lot see only a lock
// that nobody releases soon, this tells a signal from a lock.
enum tl_role {
    TL_ROLE_NONE,
    TL_ROLE_CONDITION_WAIT, // a notification: it waits on a lock that it made for this
    TL_ROLE_SEMAPHORE,      // a permit that others hold
    TL_ROLE_CHILD_WAIT,     // the end of a child process
};

// For a code object, by its path and qualified name; once per code object.
uint8_t tl_state_role(const char *file, const char *qualname);

struct tl_state_input {
    struct tl_parking_thread thread;
    uint8_t attachment;     // enum tl_attachment
    bool gil_enabled;
    bool gil_requested;     // 3.15 tells; elsewhere false
    bool roles_known;       // the stack was read, and whole at its leaf
    uint8_t roles[2];       // enum tl_role of the innermost frame and of its caller
    uint64_t leaf_position; // instr_ptr of the innermost frame; unchanged means that it has not got beyond where it waited
    uint64_t condition;     // the Condition whose wait() is on the stack, 0 none
    bool spins;             // it is awake, and waits for a lock all the same
};

// What is known of a thread's present wait. One per thread; all zero for a new one.
struct tl_state_memo {
    uint32_t block;
    uint8_t state; // enum tl_state
    uint8_t kind;  // enum tl_lock_kind, of what it waits for in that block
    uint64_t leaf_position;
    struct tl_park park;
};

// Reads the target only when the thread has blocked anew.
uint8_t tl_state_classify(struct tl_sched *sched, int slot, struct tl_parking *parking, const struct tl_state_input *input,
                          struct tl_state_memo *memo);

#endif
