#include "places.h"

#define CHUNK_HEADER 24
#define CHUNK_SMALLEST ((uint64_t)4096)
#define CHUNK_LARGEST ((uint64_t)1 << 28)

// A learnt frame that this many unwinds did not meet is forgotten.
#define LEARNT_AGE 64

void tl_places_learn_chunks(struct tl_places *places, const struct tl_target *target, const uint8_t *head)
{
    uint64_t addr = tl_u64(head + target->offsets.thread.datastack_chunk);
    uint64_t top = tl_u64(head + target->offsets.thread.datastack_top);
    places->chunk_count = 0;
    while (addr && places->chunk_count < TL_MAX_CHUNKS) {
        uint64_t header[CHUNK_HEADER / 8];  // previous, size in bytes, top in slots (valid once there is a newer chunk)
        if (tl_read(&target->memory, addr, header, sizeof header) != 0 || header[1] < CHUNK_SMALLEST
            || header[1] > CHUNK_LARGEST || !tl_addr(addr, header[1])) {
            break;
        }
        uint64_t end = addr + header[1];
        uint64_t used_end = end;
        if (places->chunk_count == 0) {
            places->top = top > addr && top <= end ? top : addr + CHUNK_HEADER;
            places->high = places->top;
        } else if (header[2] < (header[1] - CHUNK_HEADER) / 8) {
            used_end = addr + CHUNK_HEADER + header[2] * 8;
        }
        int i = places->chunk_count++;
        places->chunks[i].addr = addr;
        places->chunks[i].end = end;
        places->chunks[i].used_end = used_end;
        addr = header[0];
    }
}

bool tl_places_in_chunks(const struct tl_places *places, uint64_t addr)
{
    for (int i = 0; i < places->chunk_count; i++) {
        if (addr >= places->chunks[i].addr && addr < places->chunks[i].end) {
            return true;
        }
    }
    return false;
}

void tl_places_forget(struct tl_places *places, int i)
{
    places->learnt[i] = places->learnt[--places->learnt_count];
}

void tl_places_age(struct tl_places *places)
{
    places->unwinds++;
    for (int i = places->learnt_count - 1; i >= 0; i--) {
        if (places->unwinds - places->learnt[i].used > LEARNT_AGE) {
            tl_places_forget(places, i);
        }
    }
}

void tl_places_learn(struct tl_places *places, uint64_t frame)
{
    for (int i = 0; i < places->learnt_count; i++) {
        if (places->learnt[i].frame == frame) {
            places->learnt[i].used = places->unwinds;
            return;
        }
    }
    if (places->learnt_count == TL_MAX_LEARNT) {
        int oldest = 0;
        for (int i = 1; i < TL_MAX_LEARNT; i++) {
            if (places->learnt[i].used < places->learnt[oldest].used) {
                oldest = i;
            }
        }
        tl_places_forget(places, oldest);
    }
    places->learnt[places->learnt_count].frame = frame;
    places->learnt[places->learnt_count].used = places->unwinds;
    places->learnt_count++;
}
