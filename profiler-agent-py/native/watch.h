// Who waits for what, and who has it: what a tick makes of the states and stacks of all threads.
#ifndef TL_WATCH_H
#define TL_WATCH_H

#include "classes.h"
#include "held.h"
#include "holds.h"
#include "interpreters.h"
#include "locks.h"
#include "threads.h"

struct tl_watch {
    const struct tl_target *target;
    struct tl_types *types;
    struct tl_classes *classes;
    struct tl_locks *locks;
    struct tl_holds *holds;
};

// False when memory is short. `target` and `types` must outlive it.
bool tl_watch_open(struct tl_watch *watch, const struct tl_target *target, struct tl_types *types);
void tl_watch_close(struct tl_watch *watch);

// To be called right after the stack of a thread was read: takes down the locks it holds.
void tl_watch_stack(struct tl_watch *watch, struct tl_thread *thread);

// To be called when all threads of a tick were looked at.
void tl_watch_tick(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads, const struct tl_sched *sched,
                   const struct tl_interpreters *interpreters, int64_t now);

// To be called before a batch is handed over.
void tl_watch_hand_over(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads, int64_t now);

#endif
