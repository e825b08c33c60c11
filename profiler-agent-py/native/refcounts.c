#include "refcounts.h"

#include <stdlib.h>
#include <string.h>

// The header of an object in a free-threaded build (Include/object.h).
struct header {
    uint64_t tid;        // the thread that owns it; 0 none
    uint16_t flags;
    uint8_t mutex;
    uint8_t gc_bits;
    uint32_t ref_local;
    uint64_t ref_shared;
    uint64_t type;
};
_Static_assert(sizeof(struct header) == 32, "as in the interpreter");

#define IMMORTAL UINT32_MAX
#define GC_DEFERRED (1 << 6) // _PyGC_BITS_DEFERRED: threads keep counts of their own

// A thread's frame is gone through once in so many ticks.
#define MEET_EVERY 4
#define FRAME_WORDS 24

// Objects that are looked at, and where each was met.
#define MAX_OBJECTS 64
#define MAX_MET 8
// Looks without a change after which an object makes room for another.
#define PATIENCE 200

struct met {
    int32_t thread;
    int32_t stack;
    bool lately; // since the last batch
};

struct object {
    uint64_t addr, type, ref_shared;
    int32_t looks, changed; // since the last batch
    int32_t quiet;          // looks without a change
    struct met met[MAX_MET];
    int met_count;
};

struct tl_refcounts {
    const struct tl_target *target;
    struct tl_types *types;
    struct object objects[MAX_OBJECTS];
    int count;
    uint32_t tick;
};

struct tl_refcounts *tl_refcounts_open(const struct tl_target *target, struct tl_types *types)
{
    struct tl_refcounts *refcounts = calloc(1, sizeof *refcounts);
    if (refcounts) {
        refcounts->target = target;
        refcounts->types = types;
    }
    return refcounts;
}

void tl_refcounts_close(struct tl_refcounts *refcounts)
{
    free(refcounts);
}

// Reads the pieces in one call, or in a few where some cannot be read: what was on a value stack may be gone. Those are left zero.
static void read_headers(const struct tl_target *target, const uint64_t *addrs, int count, struct header *headers)
{
    memset(headers, 0, (size_t)count * sizeof *headers);
    for (int from = 0, fails = 0; from < count && fails < 8;) {
        struct tl_span spans[MAX_OBJECTS];
        for (int i = from; i < count; i++) {
            spans[i - from] = (struct tl_span){.addr = addrs[i], .size = sizeof *headers, .into = &headers[i]};
        }
        int whole = tl_read_spans(&target->memory, spans, count - from);
        if (whole < 0) {
            return;
        }
        from += whole;
        if (from < count) {
            memset(&headers[from], 0, sizeof *headers);
            from++;
            fails++;
        }
    }
}

// Whether a thread that is not its owner counts references to it one by one.
static bool is_counted_by(const struct header *header, uint64_t ident)
{
    return header->type != 0 && header->ref_local != IMMORTAL && !(header->gc_bits & GC_DEFERRED) && header->tid != ident;
}

static struct object *object_at(struct tl_refcounts *refcounts, uint64_t addr)
{
    for (int i = 0; i < refcounts->count; i++) {
        if (refcounts->objects[i].addr == addr) {
            return &refcounts->objects[i];
        }
    }
    return NULL;
}

// A place for one more object: a free one, or that of the one that has been quiet longest.
static struct object *room(struct tl_refcounts *refcounts)
{
    if (refcounts->count < MAX_OBJECTS) {
        return &refcounts->objects[refcounts->count++];
    }
    struct object *quietest = &refcounts->objects[0];
    for (int i = 1; i < refcounts->count; i++) {
        quietest = refcounts->objects[i].quiet > quietest->quiet ? &refcounts->objects[i] : quietest;
    }
    return quietest->quiet > PATIENCE / 4 ? quietest : NULL;
}

static void meet(struct object *object, int32_t thread, int32_t stack)
{
    for (int i = 0; i < object->met_count; i++) {
        if (object->met[i].thread == thread && object->met[i].stack == stack) {
            object->met[i].lately = true;
            return;
        }
    }
    // The places that come up most often are met again soon; the others make room for one another.
    int at = object->met_count < MAX_MET ? object->met_count++ : object->looks % MAX_MET;
    object->met[at] = (struct met){.thread = thread, .stack = stack, .lately = true};
}

// The words of the innermost frame that may be references, each once.
static int references_of(const struct tl_refcounts *refcounts, const struct tl_unwinder *unwinder, const struct tl_thread *thread,
                         uint64_t *addrs)
{
    const struct tl_leaf *leaf = &thread->trace.leaf;
    const struct tl_frame frame = {.addr = thread->trace.leaf_frame};
    uint32_t words = leaf->locals + leaf->stack_size;
    int count = 0;
    // The value stack first: what is used there is used now.
    for (uint32_t i = 0; i < words && count < FRAME_WORDS; i++) {
        uint32_t word = i < leaf->stack_size ? leaf->locals + i : i - leaf->stack_size;
        uint64_t addr;
        if (!tl_unwound_word(unwinder, &frame, refcounts->target->offsets.frame.localsplus + word * (uint32_t)sizeof addr, &addr)) {
            continue;
        }
        addr &= ~(uint64_t)7;
        bool known = tl_addr(addr, 0) == 0;
        for (int k = 0; k < count; k++) {
            known = known || addrs[k] == addr;
        }
        if (!known) {
            addrs[count++] = addr;
        }
    }
    return count;
}

void tl_refcounts_meet(struct tl_refcounts *refcounts, const struct tl_unwinder *unwinder, const struct tl_thread *thread)
{
    if ((refcounts->tick + (uint32_t)thread->number) % MEET_EVERY != 0 || !thread->stack_known || !thread->trace.leaf.code) {
        return;
    }
    uint64_t addrs[FRAME_WORDS];
    struct header headers[FRAME_WORDS];
    int count = references_of(refcounts, unwinder, thread, addrs);
    if (count == 0) {
        return;
    }
    read_headers(refcounts->target, addrs, count, headers);
    for (int i = 0; i < count; i++) {
        if (!is_counted_by(&headers[i], thread->ident)) {
            continue;
        }
        struct object *object = object_at(refcounts, addrs[i]);
        if (!object && tl_type_at(refcounts->types, headers[i].type)->kind != TL_TYPE_NONE && (object = room(refcounts))) {
            *object = (struct object){.addr = addrs[i], .type = headers[i].type, .ref_shared = headers[i].ref_shared};
        }
        if (object) {
            meet(object, thread->number, thread->trace.stack);
        }
    }
}

void tl_refcounts_tick(struct tl_refcounts *refcounts)
{
    uint64_t addrs[MAX_OBJECTS];
    struct header headers[MAX_OBJECTS];
    refcounts->tick++;
    for (int i = 0; i < refcounts->count; i++) {
        addrs[i] = refcounts->objects[i].addr;
    }
    read_headers(refcounts->target, addrs, refcounts->count, headers);
    int kept = 0;
    for (int i = 0; i < refcounts->count; i++) {
        struct object *object = &refcounts->objects[i];
        bool changed = headers[i].ref_shared != object->ref_shared;
        // Freed, and something else since.
        bool gone = headers[i].type != object->type;
        object->ref_shared = headers[i].ref_shared;
        object->looks++;
        object->changed += changed;
        object->quiet = changed ? 0 : object->quiet + 1;
        if (!gone && object->quiet < PATIENCE) {
            refcounts->objects[kept++] = *object;
        }
    }
    refcounts->count = kept;
}

void tl_refcounts_tell(struct tl_refcounts *refcounts, struct tl_batch *batch, int64_t now)
{
    for (int i = 0; i < refcounts->count; i++) {
        struct object *object = &refcounts->objects[i];
        const char *type = tl_type_at(refcounts->types, object->type)->name;
        for (int m = 0; m < object->met_count; m++) {
            if (object->met[m].lately && object->changed > 0) {
                tl_add_refcount(batch, now, object->met[m].thread, object->met[m].stack, (int64_t)object->addr, type, object->looks,
                                object->changed);
            }
            object->met[m].lately = false;
        }
        object->looks = object->changed = 0;
    }
}
