// Where a thread keeps its frames, as far as earlier looks told: what the next one has to copy.
//
// Frames of functions are on the thread's data stack, a chain of chunks. Generators keep theirs in themselves, and the
// interpreter's entry frames are on the C stack; such are met once and learnt.
#ifndef TL_PLACES_H
#define TL_PLACES_H

#include "offsets.h"

#define TL_MAX_CHUNKS 160
#define TL_MAX_LEARNT 96

// One per thread, zeroed when it is new.
struct tl_places {
    struct {
        uint64_t addr, end, used_end;
    } chunks[TL_MAX_CHUNKS];  // of the data stack, newest first
    int chunk_count;
    uint64_t top;             // end of the newest frame when last seen
    uint64_t high;            // the highest top of late
    struct {
        uint64_t frame;
        uint32_t used;        // unwind of this thread that last met it
    } learnt[TL_MAX_LEARNT];  // frames outside the data stack: generators, the interpreter's entry frames on the C stack
    int learnt_count;
    uint32_t unwinds;
};

// The chunks of the data stack as a copy of the thread state has them; none when they cannot be read.
void tl_places_learn_chunks(struct tl_places *places, const struct tl_target *target, const uint8_t *head);

bool tl_places_in_chunks(const struct tl_places *places, uint64_t addr);

// To be called once an unwind: counts it, and forgets learnt frames that were not met for long.
void tl_places_age(struct tl_places *places);

void tl_places_learn(struct tl_places *places, uint64_t frame);
void tl_places_forget(struct tl_places *places, int learnt);

#endif
