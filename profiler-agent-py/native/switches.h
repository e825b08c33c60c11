// The context switches of a thread, from the kernel, without a system call.
//
// One small ring per thread that the kernel writes backwards, and overwrites: the newest record is always where the head points, older ones
// behind it. Whoever wants only the newest has nothing to keep up with.
#ifndef TL_SWITCHES_H
#define TL_SWITCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum tl_switch_kind {
    TL_SWITCH_IN,        // got a core
    TL_SWITCH_OUT,       // gave it up to wait
    TL_SWITCH_PREEMPTED, // lost it, still ready
};

struct tl_switch {
    uint8_t kind; // enum tl_switch_kind
    int16_t core;
    uint64_t time; // monotonic, ns
};

// All zero is a closed ring.
struct tl_ring {
    void *pages;
};

// `tid` 0 is the calling thread. Returns 0 or -errno.
int tl_ring_open(struct tl_ring *ring, pid_t tid);
void tl_ring_close(struct tl_ring *ring);

static inline bool tl_ring_is_open(const struct tl_ring *ring)
{
    return ring->pages != NULL;
}

// Changes with every context switch of the thread; 0 before the first.
uint64_t tl_ring_head(const struct tl_ring *ring);

// Records behind one another are this far apart.
#define TL_SWITCH_SIZE 32

// The record at `at`: a value tl_ring_head returned, for an older one so many TL_SWITCH_SIZE more. False when there is none, or not any more.
bool tl_ring_read(const struct tl_ring *ring, uint64_t at, struct tl_switch *into);

// How many records there can be.
uint64_t tl_ring_capacity(const struct tl_ring *ring);

#endif
