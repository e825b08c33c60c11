#include "classes.h"

#include <stdlib.h>

#define FRAME_WORDS 32
#define KNOWN 64 // a power of two
// Looks for the class of a dict that none was found for.
#define TRIES 8

struct tl_classes {
    const struct tl_target *target;
    struct tl_types *types;
    struct {
        uint64_t dict, class;
        int tries;
    } known[KNOWN];
};

struct tl_classes *tl_classes_open(const struct tl_target *target, struct tl_types *types)
{
    struct tl_classes *classes = calloc(1, sizeof *classes);
    if (classes) {
        classes->target = target;
        classes->types = types;
    }
    return classes;
}

void tl_classes_close(struct tl_classes *classes)
{
    free(classes);
}

static bool has_dict(const struct tl_classes *classes, uint64_t class, uint64_t dict)
{
    return tl_read_pointer(&classes->target->memory, tl_addr(class, classes->target->offsets.type.tp_dict)) == dict
        && tl_type_at(classes->types, class)->kind != TL_TYPE_NONE;
}

// An attribute of a class is reached through the class, or through an instance of it.
static uint64_t find(const struct tl_classes *classes, uint64_t dict, uint64_t leaf_frame)
{
    const struct tl_memory *memory = &classes->target->memory;
    const struct tl_offsets *o = &classes->target->offsets;
    uint64_t words[FRAME_WORDS];
    if (!leaf_frame || tl_read(memory, tl_addr(leaf_frame, o->frame.localsplus), words, sizeof words) != 0) {
        return 0;
    }
    for (int i = 0; i < FRAME_WORDS; i++) {
        uint64_t object = words[i] & ~(uint64_t)7;
        uint64_t type = tl_read_pointer(memory, tl_addr(object, o->object.ob_type));
        if (type && has_dict(classes, object, dict)) {
            return object;
        }
        if (type && has_dict(classes, type, dict)) {
            return type;
        }
    }
    return 0;
}

const struct tl_type *tl_class_of_dict(struct tl_classes *classes, uint64_t dict, uint64_t leaf_frame)
{
    int slot = (int)((dict >> 4) * 0x9E3779B97F4A7C15u >> 58) & (KNOWN - 1);
    if (classes->known[slot].dict != dict) {
        classes->known[slot].dict = dict;
        classes->known[slot].class = 0;
        classes->known[slot].tries = 0;
    }
    if (!classes->known[slot].class && classes->known[slot].tries < TRIES) {
        classes->known[slot].tries++;
        classes->known[slot].class = find(classes, dict, leaf_frame);
    }
    uint64_t class = classes->known[slot].class;
    return class && has_dict(classes, class, dict) ? tl_type_at(classes->types, class) : NULL;
}
