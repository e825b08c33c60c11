// Reference counts that threads fight over.
//
// Threads count references to an object that another one made in a word of its header (`ob_ref_shared`), with atomic operations; when several
// do so at once, the line of the cache goes to and fro between the cores, and nobody is ever seen to wait. From outside it shows by that word:
// it is another one at every look. Objects to look at come from the frames of threads on a core: what they have in their locals and on their
// value stacks, also above the top of it, where an object that was used and dropped at once has left its address.
#ifndef TL_REFCOUNTS_H
#define TL_REFCOUNTS_H

#include "batch.h"
#include "threads.h"

struct tl_refcounts;

// NULL when memory is short. `target` and `types` must outlive it. Only for free-threaded builds.
struct tl_refcounts *tl_refcounts_open(const struct tl_target *target, struct tl_types *types);
void tl_refcounts_close(struct tl_refcounts *refcounts);

// To be called right after the stack of a thread on a core was read: takes down objects of other threads that it works with. One system
// call, for one thread in several ticks.
void tl_refcounts_meet(struct tl_refcounts *refcounts, const struct tl_unwinder *unwinder, const struct tl_thread *thread);

// Once a tick: looks at the counts of the objects met. One system call at most.
void tl_refcounts_tick(struct tl_refcounts *refcounts);

// What was seen goes into the batch.
void tl_refcounts_tell(struct tl_refcounts *refcounts, struct tl_batch *batch, int64_t now);

#endif
