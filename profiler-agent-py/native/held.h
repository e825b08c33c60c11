// The locks that a thread holds by the `with` blocks on its stack.
#ifndef TL_HELD_H
#define TL_HELD_H

#include "trace.h"
#include "types.h"

struct tl_held {
    uint64_t address; // of the lock object; of a semaphore its Condition
    int32_t stack;    // up to the call that has the block
    int32_t taken;    // the same at the line that entered it, -1 unknown
    uint8_t kind;     // enum tl_lock_kind
};

#define TL_MAX_HELD 8

// Outermost first. What stands behind a block is believed only where the object itself agrees: a lock must be locked, an RLock owned by
// the thread with this `threading.get_ident()`. At most a few system calls a block, and none for a stack without.
int tl_held_find(const struct tl_target *target, struct tl_types *types, const struct tl_trace *trace, uint64_t ident,
                 struct tl_held held[TL_MAX_HELD]);

// The thread that an RLock names as its owner, 0 none.
uint64_t tl_rlock_owner(const struct tl_target *target, uint64_t rlock);

#endif
