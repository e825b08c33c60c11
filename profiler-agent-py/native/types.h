// What kinds of objects the target has, as far as waiting goes: a type by its address, read once and checked.
#ifndef TL_TYPES_H
#define TL_TYPES_H

#include "offsets.h"

enum tl_type_kind {
    TL_TYPE_NONE, // not a type
    TL_TYPE_OTHER,
    TL_TYPE_LOCK,
    TL_TYPE_RLOCK,
    TL_TYPE_QUEUE,
    TL_TYPE_C_METHOD, // a method of C, bound
    TL_TYPE_METHOD,   // a method of Python, bound
    TL_TYPE_SEMAPHORE,
};

#define TL_TYPE_NAME 64

struct tl_type {
    uint64_t addr;
    uint8_t kind;                // enum tl_type_kind
    bool has_inline_values;      // its instances keep their attributes behind themselves
    uint32_t basic_size;
    char name[TL_TYPE_NAME];     // as the type itself has it; the rest is cut
};

struct tl_types;

// `target` must outlive it. NULL when memory is short.
struct tl_types *tl_types_open(const struct tl_target *target);
void tl_types_close(struct tl_types *types);

// The type at an address; of kind TL_TYPE_NONE when none is there. Holds until the next call.
const struct tl_type *tl_type_at(struct tl_types *types, uint64_t addr);

#endif
