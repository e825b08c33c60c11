#include "held.h"

#include "locks.h"

// Attributes of a context manager that are looked through for its lock.
#define VALUES 8

// What lies at the start of an object: its header, and the three words behind it.
struct object {
    uint64_t addr;
    uint8_t bytes[32 + 24];
    const struct tl_type *type;
};

static bool read_object(const struct tl_target *target, struct tl_types *types, uint64_t addr, struct object *object)
{
    const struct tl_offsets *o = &target->offsets;
    object->addr = addr;
    if (tl_read(&target->memory, tl_addr(addr, 0), object->bytes, o->object.size + 24) != 0) {
        return false;
    }
    object->type = tl_type_at(types, tl_u64(object->bytes + o->object.ob_type));
    return object->type->kind != TL_TYPE_NONE;
}

static uint64_t word_behind_header(const struct tl_target *target, const struct object *object, int word)
{
    return tl_u64(object->bytes + target->offsets.object.size + word * 8);
}

// `{lock, owner, count}`: a pointer to a semaphore in 3.13, a mutex of one byte since.
#define RLOCK_OWNER 1

uint64_t tl_rlock_owner(const struct tl_target *target, uint64_t rlock)
{
    return tl_read_pointer(&target->memory, tl_addr(rlock, target->offsets.object.size + RLOCK_OWNER * 8));
}

// A `_thread.lock` is a mutex of one byte; early 3.13 has a pointer to a semaphore there, and says two words on whether it is locked.
static bool is_locked(const struct tl_target *target, const struct object *lock)
{
    uint64_t first = word_behind_header(target, lock, 0);
    return (first > UINT8_MAX ? word_behind_header(target, lock, 2) : first) & 1;
}

// The kind of lock that an object is, if it is one that this thread can be holding; else TL_KIND_NONE.
static enum tl_lock_kind held_kind(const struct tl_target *target, const struct object *object, uint64_t ident)
{
    switch (object->type->kind) {
    case TL_TYPE_LOCK:
        return is_locked(target, object) ? TL_KIND_LOCK : TL_KIND_NONE;
    case TL_TYPE_RLOCK:
        return word_behind_header(target, object, RLOCK_OWNER) == ident ? TL_KIND_RLOCK : TL_KIND_NONE;
    default:
        return TL_KIND_NONE;
    }
}

// The values that an instance keeps behind itself (struct _dictvalues, Include/internal/pycore_dict.h); none where it keeps them elsewhere.
static int read_values(const struct tl_target *target, const struct object *object, uint64_t values[VALUES])
{
    struct {
        uint8_t capacity, size, embedded, valid, padding[4];
        uint64_t values[VALUES];
    } inline_values;
    if (!object->type->has_inline_values ||
        tl_read(&target->memory, tl_addr(object->addr, object->type->basic_size), &inline_values, sizeof inline_values) != 0 ||
        !inline_values.valid) {
        return 0;
    }
    int count = inline_values.capacity < VALUES ? inline_values.capacity : VALUES;
    for (int i = 0; i < count; i++) {
        values[i] = inline_values.values[i];
    }
    return count;
}

// A context manager that is no lock itself but has one: a Condition, or somebody's own class around a lock. Only where there is no choice.
static struct tl_held behind(const struct tl_target *target, struct tl_types *types, const struct object *manager, uint64_t ident)
{
    struct tl_held found = {.kind = TL_KIND_NONE};
    uint64_t values[VALUES];
    int count = read_values(target, manager, values);
    if (manager->type->kind == TL_TYPE_SEMAPHORE && count > 0) {
        return (struct tl_held){.kind = TL_KIND_SEMAPHORE, .address = values[0]}; // its first attribute is the Condition
    }
    for (int i = 0; i < count; i++) {
        struct object value;
        if (!read_object(target, types, values[i], &value)) {
            continue;
        }
        bool is_lock = value.type->kind == TL_TYPE_LOCK || value.type->kind == TL_TYPE_RLOCK;
        if (is_lock && found.address) {
            return (struct tl_held){.kind = TL_KIND_NONE};
        }
        if (is_lock) {
            found = (struct tl_held){.kind = held_kind(target, &value, ident), .address = value.addr};
        }
    }
    return found;
}

static struct tl_held lock_of(const struct tl_target *target, struct tl_types *types, uint64_t manager, uint64_t ident)
{
    struct object object;
    const struct tl_held none = {.kind = TL_KIND_NONE};
    if (!read_object(target, types, manager, &object)) {
        return none;
    }
    // Bound methods, those of C and of Python alike, have after the header their function and then the object.
    if ((object.type->kind == TL_TYPE_C_METHOD || object.type->kind == TL_TYPE_METHOD) &&
        !read_object(target, types, word_behind_header(target, &object, 1), &object)) {
        return none;
    }
    if (object.type->kind == TL_TYPE_LOCK || object.type->kind == TL_TYPE_RLOCK) {
        return (struct tl_held){.kind = held_kind(target, &object, ident), .address = object.addr};
    }
    return behind(target, types, &object, ident);
}

// Condition.wait lets its lock go for as long as it waits, inside the block that took it.
static uint64_t lock_let_go(const struct tl_target *target, struct tl_types *types, uint64_t condition, uint64_t ident)
{
    struct object object;
    return condition && read_object(target, types, condition, &object) ? behind(target, types, &object, ident).address : 0;
}

int tl_held_find(const struct tl_target *target, struct tl_types *types, const struct tl_trace *trace, uint64_t ident,
                 struct tl_held held[TL_MAX_HELD])
{
    int count = 0;
    uint64_t let_go = trace->with_count ? lock_let_go(target, types, trace->condition, ident) : 0;
    for (int i = 0; i < trace->with_count && count < TL_MAX_HELD; i++) {
        struct tl_held lock = lock_of(target, types, trace->withs[i].object, ident);
        if (lock.kind != TL_KIND_NONE && lock.address != let_go) {
            lock.stack = trace->withs[i].stack;
            lock.taken = trace->withs[i].taken;
            held[count++] = lock;
        }
    }
    return count;
}
