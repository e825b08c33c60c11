// Who was on which core, from when to when: slices, made of the records of context switches.
//
// Exact or nothing: both ends of a slice are the kernel's, or it was cut where the thread is known to have been on its core. Where records
// were overwritten before they were read, and beyond so many slices a batch, slices are missing, and counted.
#ifndef TL_SLICES_H
#define TL_SLICES_H

#include "batch.h"
#include "switches.h"

// In a batch: 20 000 a second. A program that switches more often would fill the disk with them.
#define TL_MAX_SLICES 2000

struct tl_slice {
    int32_t thread;
    int16_t core;
    int64_t start, end;
};

struct tl_slices {
    struct tl_slice ended[TL_MAX_SLICES]; // and not told yet
    int count;
    int64_t told_until; // none is told that ended before this
    int64_t read_until; // all rings were read up to here
    int64_t lost;       // slices of this batch that are missing
    int64_t lost_from;  // since when some may be
    bool losing;        // some were missing in the batch before
};

// What the last switch of a thread left it in.
enum tl_stay_kind {
    TL_STAY_IGNORED, // its switches are not made into slices
    TL_STAY_UNKNOWN, // no switch was seen yet: on a core, if the first to come gives one up
    TL_STAY_OFF,     // on no core, or on one since it is not known when
    TL_STAY_ON,
};

struct tl_stay {
    uint8_t kind;   // enum tl_stay_kind
    int16_t core;
    int32_t thread;
    int64_t since;  // on this core, or not known
    uint64_t read;  // the head of the ring up to which its records were read
};

// From `now` on, a moment after the ring was opened, its switches are made into slices of this thread.
void tl_stay_begin(struct tl_stay *stay, const struct tl_ring *ring, int32_t thread, int64_t now);

// Reads what was added to the ring up to `head`, a value that tl_ring_head returned.
void tl_stay_follow(struct tl_stay *stay, const struct tl_ring *ring, uint64_t head, struct tl_slices *slices);

// Where the thread was on a core at `until`, ends its slice there and begins the next one. The kernel does not tell of the last time that a thread
// leaves its core: it must have lived then.
void tl_stay_cut(struct tl_stay *stay, struct tl_slices *slices, int64_t until);

// Puts those that ended by `until` into the batch, in order of their ends, and how many are missing; the others are kept.
void tl_slices_tell(struct tl_slices *slices, struct tl_batch *batch, int64_t until);

#endif
