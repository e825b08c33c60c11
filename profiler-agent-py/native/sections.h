// The critical sections of a thread: the per-object locks that it holds by them.
#ifndef TL_SECTIONS_H
#define TL_SECTIONS_H

#include "offsets.h"

// Whether a thread is in an active critical section of the mutex at an address.
bool tl_is_in_section(const struct tl_target *target, uint64_t tstate, uint64_t mutex);

#endif
