/* What a thread that is blocked in a futex waits for.
 *
 * CPython parks a thread by putting a `struct wait_entry` on its stack and waiting on the semaphore inside it. The futex address of the
 * blocked system call therefore leads to the entry, the entry to the address that is waited on, and the kind of object that address lies
 * in says what it is. Everything read is checked; what does not add up is TL_PARK_UNKNOWN, never a guess.
 */
#ifndef TL_PARKING_H
#define TL_PARKING_H

#include "scheduler.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum tl_park_kind {
    TL_PARK_UNKNOWN,
    TL_PARK_LOCK,             /* the mutex of a `_thread.lock`; who it belongs to, the stack must say */
    TL_PARK_RLOCK,            /* a `_thread.RLock` */
    TL_PARK_QUEUE,            /* a `_queue.SimpleQueue` that is empty */
    TL_PARK_CRITICAL_SECTION, /* the per-object lock of some object */
    TL_PARK_INTERPRETER_LOCK, /* a mutex of an interpreter or of the runtime */
    TL_PARK_INTERNAL_LOCK,    /* a mutex, once-flag or read-write lock inside some other C structure */
    TL_PARK_EVENT,            /* an event of the interpreter: a thread that is to end, most often */
    TL_PARK_PAUSE,            /* its own state word: the world is stopped */
    TL_PARK_PAUSE_REQUEST,    /* it asked for a pause and waits for the others to stop */
    TL_PARK_GIL,
    TL_PARK_NATIVE_LOCK,      /* a lock outside the parking lot: a pthread mutex, or a semaphore that an object of the frame owns */
    TL_PARK_NATIVE_SIGNAL,    /* a condition variable or the end of a thread, waited for by native code */
};

struct tl_park {
    uint8_t kind;     /* enum tl_park_kind */
    uint64_t address; /* what is waited on: address in the parking lot, or the futex */
    uint64_t object;  /* the object it belongs to, 0 none known */
};

/* Facts about the target, from its debug offsets. Offsets are in bytes. */
struct tl_parking_facts {
    pid_t pid;
    bool free_threaded;
    uint64_t runtime;        /* address of _PyRuntime */
    uint64_t runtime_size;
    uint64_t interpreter_size;
    uint64_t thread_size;    /* of PyThreadState */
    uint64_t thread_state;   /* offset of its `state` */
    uint64_t object_size;    /* of PyObject */
    uint64_t object_type;    /* offset of ob_type */
    uint64_t type_name;      /* offset of tp_name */
    uint64_t type_flags;     /* offset of tp_flags */
    uint64_t frame_locals;   /* offset of localsplus in a frame */
};

/* Where in the target the blocked thread belongs. */
struct tl_parking_thread {
    uint64_t tstate;
    uint64_t interpreter;
    uint64_t gil;        /* address of the GIL that its interpreter uses, 0 unknown */
    uint64_t leaf_frame; /* address of its innermost frame, 0 unknown */
};

struct tl_parking;

struct tl_parking *tl_parking_open(const struct tl_parking_facts *facts);
void tl_parking_close(struct tl_parking *parking);

/* `look` must be of a thread that is blocked in a futex. Two reads of the target in the common case. */
struct tl_park tl_parking_find(struct tl_parking *parking, const struct tl_parking_thread *thread, const struct tl_look *look);

#endif
