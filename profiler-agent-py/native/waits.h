// The wait that a thread is in: one row in the batch when it is over, and one in each batch while it goes on.
#ifndef TL_WAITS_H
#define TL_WAITS_H

#include "batch.h"

// What a thread was seen to wait for at a tick.
struct tl_waiting {
    int32_t lock;   // -1: for nothing
    int64_t start;  // exact, ns; 0 where it is not kept
    int32_t stack;
};

// One per thread; `lock` must be -1 for a new one.
struct tl_wait {
    int32_t lock;
    int64_t start;
    int32_t stack;
    bool exact;     // the start is
    bool told;
};

void tl_wait_see(struct tl_wait *wait, struct tl_batch *batch, int32_t thread, const struct tl_waiting *seen, int64_t now);

// A row of the wait as far as it has gone, if there is one.
void tl_wait_tell(struct tl_wait *wait, struct tl_batch *batch, int32_t thread, int64_t now);

#endif
