// Whose namespace a dict is: threads that set and look up the attributes of a class wait for the lock of a dict that no code of theirs has ever seen.
#ifndef TL_CLASSES_H
#define TL_CLASSES_H

#include "types.h"

struct tl_classes;

// `target` and `types` must outlive it. NULL when memory is short.
struct tl_classes *tl_classes_open(const struct tl_target *target, struct tl_types *types);
void tl_classes_close(struct tl_classes *classes);

// The class whose namespace a dict is, found among what the innermost frame of a thread that waits for the dict works with; NULL where it is none.
const struct tl_type *tl_class_of_dict(struct tl_classes *classes, uint64_t dict, uint64_t leaf_frame);

#endif
