#include "contended.h"

#include <stdlib.h>

#include "sections.h"

#define PLACES 256 // a power of two

// Words of a value stack that are looked through for the lock.
#define STACK_WORDS 8

#define LOCKED 1

struct tl_contended {
    const struct tl_target *target;
    struct tl_types *types;
    const struct tl_locks *locks;
    struct place {
        uint64_t code;   // serial, 0 free
        uint32_t offset; // of the instruction
        struct tl_spin spin;
    } places[PLACES];
};

struct tl_contended *tl_contended_open(const struct tl_target *target, struct tl_types *types, const struct tl_locks *locks)
{
    struct tl_contended *contended = calloc(1, sizeof *contended);
    if (contended) {
        contended->target = target;
        contended->types = types;
        contended->locks = locks;
    }
    return contended;
}

void tl_contended_close(struct tl_contended *contended)
{
    free(contended);
}

static struct place *place_of(struct tl_contended *contended, const struct tl_leaf *leaf)
{
    uint64_t key = leaf->code * 0x9E3779B97F4A7C15u ^ leaf->offset * (uint64_t)0xC2B2AE3D27D4EB4Fu;
    return &contended->places[key >> 40 & (PLACES - 1)];
}

static bool is_spun_for(uint8_t kind)
{
    return kind == TL_KIND_LOCK || kind == TL_KIND_RLOCK || kind == TL_KIND_CRITICAL_SECTION || kind == TL_KIND_INTERPRETER_LOCK;
}

void tl_contended_learn(struct tl_contended *contended, const struct tl_thread *thread)
{
    const struct tl_state_memo *memo = &thread->state_memo;
    if (is_spun_for(memo->kind) && thread->roles_known && thread->trace.leaf.code) {
        *place_of(contended, &thread->trace.leaf) = (struct place){
            .code = thread->trace.leaf.code,
            .offset = thread->trace.leaf.offset,
            .spin = {.kind = memo->kind, .object = memo->park.object, .mutex = memo->park.address},
        };
    }
}

static bool is_locked(const struct tl_contended *contended, uint64_t mutex)
{
    uint8_t byte = 0;
    return tl_read(&contended->target->memory, tl_addr(mutex, 0), &byte, 1) == 0 && (byte & LOCKED);
}

// At one instruction many locks may be taken in turn. The one being taken lies on the value stack, above those of the blocks around.
static uint64_t lock_on_stack(struct tl_contended *contended, const struct tl_unwinder *unwinder, const struct tl_thread *thread,
                              uint64_t *type)
{
    const struct tl_target *target = contended->target;
    const struct tl_leaf *leaf = &thread->trace.leaf;
    const struct tl_frame frame = {.addr = thread->trace.leaf_frame};
    for (uint32_t i = 0; i < leaf->stack_size && i < STACK_WORDS; i++) {
        uint64_t object;
        if (!tl_unwound_word(unwinder, &frame, target->offsets.frame.localsplus + (leaf->locals + i) * (uint32_t)sizeof object, &object)) {
            continue;
        }
        object &= ~(uint64_t)7;
        *type = tl_read_pointer(&target->memory, tl_addr(object, target->offsets.object.ob_type));
        uint8_t kind = tl_type_at(contended->types, *type)->kind;
        bool around = false;
        for (int w = 0; w < thread->trace.with_count; w++) {
            around = around || thread->trace.withs[w].object == object;
        }
        if ((kind == TL_TYPE_LOCK || kind == TL_TYPE_RLOCK) && !around) {
            return object;
        }
    }
    return 0;
}

// Where a thread that is awake may be waiting for a lock: at a place where threads were seen parked on one, or where it enters a `with` block
// with a lock in hand that it shares with others.
static bool find_lock(struct tl_contended *contended, const struct tl_unwinder *unwinder, const struct tl_thread *thread, int64_t now,
                      struct tl_spin *spin)
{
    const struct tl_leaf *leaf = &thread->trace.leaf;
    const struct place *place = place_of(contended, leaf);
    bool known = place->code == leaf->code && place->offset == leaf->offset;
    if (known && place->spin.kind != TL_KIND_LOCK && place->spin.kind != TL_KIND_RLOCK) {
        *spin = place->spin;
        return true;
    }
    uint64_t type = 0;
    uint64_t object = known || leaf->enters ? lock_on_stack(contended, unwinder, thread, &type) : 0;
    if (!object) {
        *spin = place->spin;
        return known;
    }
    *spin = (struct tl_spin){.kind = tl_type_at(contended->types, type)->kind == TL_TYPE_RLOCK ? TL_KIND_RLOCK : TL_KIND_LOCK,
                             .object = object,
                             .mutex = object + contended->target->offsets.object.size};
    return tl_lock_is_shared(contended->locks, spin->kind, object, now);
}

bool tl_contended_look(struct tl_contended *contended, const struct tl_unwinder *unwinder, const struct tl_thread *thread, bool gave_up_core,
                       int64_t now, struct tl_spin *spin)
{
    if (!thread->roles_known || !thread->trace.leaf.code || !find_lock(contended, unwinder, thread, now, spin)) {
        return false;
    }
    // On its way into the parking lot, or back from it.
    if (thread->attachment == TL_DETACHED) {
        return true;
    }
    if (spin->kind == TL_KIND_RLOCK) {
        uint64_t owner = tl_rlock_owner(contended->target, spin->object);
        return owner != 0 && owner != thread->ident;
    }
    // To take a lock that is free takes no time to speak of: a thread that lost its core there gave it up, since the lock was locked. By the
    // time it is looked at the lock may be free again, and the thread still has no core.
    if (spin->kind == TL_KIND_LOCK && gave_up_core) {
        return true;
    }
    return is_locked(contended, spin->mutex) && (spin->kind == TL_KIND_LOCK || !tl_is_in_section(contended->target, thread->tstate, spin->mutex));
}
