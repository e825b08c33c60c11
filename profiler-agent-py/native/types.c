#include "types.h"

#include <stdlib.h>
#include <string.h>

#define INLINE_VALUES (1u << 2)
#define READY (1u << 12)
#define TYPE_SUBCLASS (1u << 31)

#define KNOWN 256 // a power of two

struct tl_types {
    const struct tl_target *target;
    struct tl_type known[KNOWN];
    struct tl_type none;
};

struct tl_types *tl_types_open(const struct tl_target *target)
{
    struct tl_types *types = calloc(1, sizeof *types);
    if (types != NULL) {
        types->target = target;
    }
    return types;
}

void tl_types_close(struct tl_types *types)
{
    free(types);
}

static enum tl_type_kind kind_of_name(const char *name)
{
    static const struct {
        const char *name;
        enum tl_type_kind kind;
    } kinds[] = {
        {"_thread.lock", TL_TYPE_LOCK},     {"_thread.RLock", TL_TYPE_RLOCK}, {"_queue.SimpleQueue", TL_TYPE_QUEUE},
        {"method", TL_TYPE_METHOD},         {"Semaphore", TL_TYPE_SEMAPHORE}, {"BoundedSemaphore", TL_TYPE_SEMAPHORE},
        {"builtin_function_or_method", TL_TYPE_C_METHOD},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            return kinds[i].kind;
        }
    }
    return TL_TYPE_OTHER;
}

// A name of the target, cut where the room or the readable memory ends.
static bool read_name(const struct tl_memory *memory, uint64_t at, char name[TL_TYPE_NAME])
{
    // Names may lie at the end of a mapping.
    for (size_t size = TL_TYPE_NAME - 1; size >= 16; size /= 2) {
        if (tl_read(memory, at, name, size) == 0) {
            name[size] = '\0';
            return name[0] != '\0';
        }
    }
    return false;
}

// A type is ready, and an instance of a subclass of `type`.
static bool read_type(const struct tl_target *target, uint64_t addr, struct tl_type *type)
{
    const struct tl_memory *memory = &target->memory;
    uint64_t meta = 0, name_at = 0, basic_size = 0, flags = 0, meta_flags = 0;
    const struct tl_span members[] = {
        {tl_addr(addr, target->offsets.object.ob_type), sizeof meta, &meta},
        {tl_addr(addr, target->offsets.type.tp_name), sizeof name_at, &name_at},
        {tl_addr(addr, target->offsets.type.tp_basicsize), sizeof basic_size, &basic_size},
        {tl_addr(addr, target->offsets.type.tp_flags), sizeof flags, &flags},
    };
    if (tl_read_spans(memory, members, 4) != 4 || !(flags & READY) || basic_size > 1 << 16 ||
        tl_read(memory, tl_addr(meta, target->offsets.type.tp_flags), &meta_flags, sizeof meta_flags) != 0 ||
        !(meta_flags & TYPE_SUBCLASS) || !read_name(memory, name_at, type->name)) {
        return false;
    }
    type->addr = addr;
    type->kind = (uint8_t)kind_of_name(type->name);
    type->basic_size = (uint32_t)basic_size;
    type->has_inline_values = flags & INLINE_VALUES;
    return true;
}

const struct tl_type *tl_type_at(struct tl_types *types, uint64_t addr)
{
    if (tl_addr(addr, 0) == 0 || addr % sizeof addr != 0) {
        return &types->none;
    }
    struct tl_type *known = &types->known[(addr >> 4) * 0x9E3779B97F4A7C15u >> 56 & (KNOWN - 1)];
    if (known->addr == addr) {
        return known;
    }
    struct tl_type fresh = {0};
    if (!read_type(types->target, addr, &fresh)) {
        return &types->none;
    }
    *known = fresh;
    return known;
}
