// Who was seen to hold what: rows that begin at the tick at which a hold was first seen and end at the one at which it was not.
#ifndef TL_HOLDS_H
#define TL_HOLDS_H

#include "batch.h"

// How a holder is known, as on the wire.
enum tl_how {
    TL_HOW_WITH = 1,    // a `with` block on its stack
    TL_HOW_OWNER,       // the lock names it
    TL_HOW_SECTION,     // a critical section of its
    TL_HOW_GIL,
    TL_HOW_PAUSE,       // it asked for the pause, or has not stopped for it yet
};

struct tl_hold {
    int32_t lock, thread;
    int32_t stack;
    int8_t how;
    int16_t place;
    int32_t taken;
};

struct tl_holds;

struct tl_holds *tl_holds_new(void);
void tl_holds_free(struct tl_holds *holds);

// Seen at the present tick. A lock that a thread was already seen to hold at this tick is not seen again.
void tl_holds_see(struct tl_holds *holds, struct tl_batch *batch, const struct tl_hold *hold, int64_t now);

// Whether somebody was already seen to hold a lock at the present tick.
bool tl_holds_known(const struct tl_holds *holds, int32_t lock, int64_t now);

// All holds of the tick have been seen: the others are over.
void tl_holds_settle(struct tl_holds *holds, struct tl_batch *batch, int64_t now);

// The rows of those that go on, which begin anew.
void tl_holds_tell(struct tl_holds *holds, struct tl_batch *batch, int64_t now);

#endif
