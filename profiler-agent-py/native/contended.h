// Places in the code where threads were seen parked on a lock, and whether a thread that is at one of them, awake, waits for it still.
//
// CPython spins before it parks: it looks at the lock, gives up its core, looks again. Such a thread is on a core, or ready for one, and gets
// nothing done. From outside it shows by two things: it is at an instruction at which threads park, or that enters a `with` block, and the lock
// there is locked by another.
#ifndef TL_CONTENDED_H
#define TL_CONTENDED_H

#include "threads.h"

struct tl_contended;

// `target`, `types` and `locks` must outlive it. NULL when memory is short.
struct tl_contended *tl_contended_open(const struct tl_target *target, struct tl_types *types, const struct tl_locks *locks);
void tl_contended_close(struct tl_contended *contended);

// A thread is parked on a lock: remembers where.
void tl_contended_learn(struct tl_contended *contended, const struct tl_thread *thread);

// Whether a thread that is awake waits for a lock at such a place, and for which; to be asked right after its stack was read. `gave_up_core`:
// it is ready, and without the GIL on that is what a thread does that spins.
bool tl_contended_look(struct tl_contended *contended, const struct tl_unwinder *unwinder, const struct tl_thread *thread, bool gave_up_core,
                       int64_t now, struct tl_spin *spin);

#endif
