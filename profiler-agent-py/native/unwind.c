#include "unwind.h"

#include <stdlib.h>
#include <string.h>

// Tries before a stack is given up as torn.
#define MAX_TRIES 8

// How much of the data stack below its top is copied twice. The smaller, the less can happen between the copies; it
// must cover the frames that come and go within that time.
#define HOT_SIZE 3072
// With less than this much hot below the top the two copies prove too little about the cold part.
#define HOT_LEAST 1024
// Room above the highest top of late for calls that go deeper than before.
#define HOT_MARGIN 512
#define HOT_LIMIT 8192

// Re-read after the cold part: frames at the root end of the hot part, unchanged only if nothing below them ran.
#define GUARD_SIZE 1024

#define COLD_LIMIT ((size_t)8 << 20)

// Copies of what may be moving. Two agree by chance on a stack that never was once in some million samples of a busy
// 3.13, which leaves a popped frame as it was (later versions clear it); there a third one is asked.
#define MAX_COPIES 3

#define INDEX_SIZE 256  // slots of the hash from frame address to learnt frame; a power of two well above TL_MAX_LEARNT

// A stretch of the target's data stack and its copies: each of its own of a hot one, the same one every time of a cold one.
struct region {
    uint64_t start, end;
    const uint8_t *copy[MAX_COPIES];
};

#define MAX_REGIONS (TL_MAX_CHUNKS + 4)

struct tl_unwinder {
    const struct tl_target *target;
    const struct tl_offsets *offsets;
    int copies;
    uint8_t *head[MAX_COPIES];
    uint8_t *hot[MAX_COPIES];
    uint8_t *learnt[MAX_COPIES];
    uint8_t *guard;
    uint8_t *cold;
    size_t cold_capacity;
    struct region regions[MAX_REGIONS];
    int region_count;
    uint64_t guard_start;
    size_t guard_size;
    int16_t index[INDEX_SIZE];  // learnt frame + 1
    struct tl_span spans[MAX_COPIES * (TL_MAX_LEARNT + 5) + MAX_REGIONS];
    int span_learnt[MAX_COPIES * (TL_MAX_LEARNT + 5) + MAX_REGIONS];  // which learnt frame a span copies, -1 none
    int span_count;
    struct tl_frame *walk[MAX_COPIES];
    int depth[MAX_COPIES];
};

struct tl_unwinder *tl_unwinder_new(const struct tl_target *target)
{
    struct tl_unwinder *u = calloc(1, sizeof *u);
    if (!u) {
        return NULL;
    }
    u->target = target;
    u->offsets = &target->offsets;
    u->copies = target->minor == 13 ? 3 : 2;
    u->cold_capacity = 1 << 16;
    u->cold = malloc(u->cold_capacity);
    u->guard = malloc(GUARD_SIZE);
    bool complete = u->cold && u->guard;
    for (int i = 0; i < u->copies; i++) {
        u->head[i] = calloc(1, u->offsets->thread.head);
        u->hot[i] = malloc(HOT_LIMIT + HOT_SIZE);
        u->learnt[i] = malloc((size_t)TL_MAX_LEARNT * u->offsets->frame.size);
        u->walk[i] = malloc(TL_MAX_DEPTH * sizeof(struct tl_frame));
        complete = complete && u->head[i] && u->hot[i] && u->learnt[i] && u->walk[i];
    }
    if (!complete) {
        tl_unwinder_free(u);
        return NULL;
    }
    return u;
}

void tl_unwinder_free(struct tl_unwinder *u)
{
    if (!u) {
        return;
    }
    for (int i = 0; i < MAX_COPIES; i++) {
        free(u->head[i]);
        free(u->hot[i]);
        free(u->learnt[i]);
        free(u->walk[i]);
    }
    free(u->guard);
    free(u->cold);
    free(u);
}

// The thread state as the last copy has it.
static const uint8_t *newest_head(const struct tl_unwinder *u)
{
    return u->head[u->copies - 1];
}

static struct region hot_region(const struct tl_unwinder *u, uint64_t start, uint64_t end, size_t at)
{
    struct region region = {.start = start, .end = end};
    for (int c = 0; c < u->copies; c++) {
        region.copy[c] = u->hot[c] + at;
    }
    return region;
}

// ---- the learnt frames by address ----

static unsigned index_slot(uint64_t frame)
{
    return (unsigned)((frame >> 3) * 0x9E3779B97F4A7C15u >> 56) & (INDEX_SIZE - 1);
}

static void rebuild_index(struct tl_unwinder *u, const struct tl_places *places)
{
    memset(u->index, 0, sizeof u->index);
    for (int i = 0; i < places->learnt_count; i++) {
        unsigned slot = index_slot(places->learnt[i].frame);
        while (u->index[slot]) {
            slot = (slot + 1) & (INDEX_SIZE - 1);
        }
        u->index[slot] = (int16_t)(i + 1);
    }
}

static int find_learnt(const struct tl_unwinder *u, const struct tl_places *places, uint64_t frame)
{
    for (unsigned slot = index_slot(frame); u->index[slot]; slot = (slot + 1) & (INDEX_SIZE - 1)) {
        int i = u->index[slot] - 1;
        if (places->learnt[i].frame == frame) {
            return i;
        }
    }
    return -1;
}

// ---- one system call ----

static void add_span(struct tl_unwinder *u, uint64_t addr, size_t size, void *into, int learnt)
{
    u->spans[u->span_count] = (struct tl_span){.addr = addr, .size = size, .into = into};
    u->span_learnt[u->span_count++] = learnt;
}

static bool add_cold(struct tl_unwinder *u, uint64_t start, uint64_t end, uint64_t chunk_end, size_t *used)
{
    if (start >= end) {
        return true;
    }
    // A frame may begin here and end in the hot part.
    end = chunk_end - end > u->offsets->frame.size ? end + u->offsets->frame.size : chunk_end;
    size_t size = (size_t)(end - start);
    if (*used + size > COLD_LIMIT) {
        return false;
    }
    u->regions[u->region_count++] = (struct region){.start = start, .end = end};
    *used += size;
    return true;
}

// Lays out what to copy: the hot end of the data stack as regions 0 and, where it reaches into the chunk before, 1; then
// the cold rest.
static bool plan(struct tl_unwinder *u, struct tl_places *places)
{
    u->region_count = 0;
    u->guard_size = 0;
    if (places->chunk_count == 0) {
        return true;
    }
    uint64_t chunk = places->chunks[0].addr;
    uint64_t low = places->top - chunk > HOT_SIZE ? places->top - HOT_SIZE : chunk;
    uint64_t high = places->high > places->top ? places->high : places->top;
    if (high - places->top > HOT_LIMIT - HOT_SIZE - HOT_MARGIN) {
        high = places->top + (HOT_LIMIT - HOT_SIZE - HOT_MARGIN);
    }
    high += HOT_MARGIN;
    if (high > places->chunks[0].end) {
        high = places->chunks[0].end;
    }
    u->regions[u->region_count++] = hot_region(u, low, high, 0);
    uint64_t covered = places->top - low;
    uint64_t older_cold_end = places->chunk_count > 1 ? places->chunks[1].used_end : 0;
    if (low == chunk && places->chunk_count > 1 && covered < HOT_SIZE) {
        uint64_t rest = HOT_SIZE - covered;
        uint64_t end = places->chunks[1].used_end;
        uint64_t start = end - places->chunks[1].addr > rest ? end - rest : places->chunks[1].addr;
        u->regions[u->region_count++] = hot_region(u, start, end, (size_t)(high - low));
        older_cold_end = start;
    }
    int hot_count = u->region_count;
    size_t cold = 0;
    bool fits = add_cold(u, chunk, low, places->chunks[0].end, &cold);
    for (int i = 1; fits && i < places->chunk_count; i++) {
        uint64_t end = i == 1 ? older_cold_end : places->chunks[i].used_end;
        fits = add_cold(u, places->chunks[i].addr, end, places->chunks[i].end, &cold);
    }
    if (!fits) {
        return false;
    }
    if (cold > u->cold_capacity) {
        uint8_t *larger = realloc(u->cold, cold + cold / 2);
        if (!larger) {
            return false;
        }
        u->cold = larger;
        u->cold_capacity = cold + cold / 2;
    }
    uint8_t *into = u->cold;
    for (int i = hot_count; i < u->region_count; i++) {
        for (int c = 0; c < u->copies; c++) {
            u->regions[i].copy[c] = into;
        }
        into += u->regions[i].end - u->regions[i].start;
    }
    if (cold) {
        const struct region *lowest = &u->regions[hot_count - 1];
        u->guard_start = lowest->start;
        u->guard_size = lowest->end - lowest->start < GUARD_SIZE ? (size_t)(lowest->end - lowest->start) : GUARD_SIZE;
    }
    return true;
}

static int hot_regions(const struct tl_unwinder *u)
{
    int count = 0;
    while (count < u->region_count && u->regions[count].copy[0] != u->regions[count].copy[1]) {
        count++;
    }
    return count;
}

// [generation], [thread state][hot][learnt] for each copy, [cold] [guard] [generations], with one call. True when all of it was read.
static bool copy_all(struct tl_unwinder *u, uint64_t tstate, uint64_t interp, struct tl_places *places,
                     struct tl_generations *generations, bool *gone)
{
    const struct tl_offsets *o = u->offsets;
    int hot = hot_regions(u);
    u->span_count = 0;
    if (o->interp.code_generation != TL_ABSENT) {
        add_span(u, interp + o->interp.code_generation, sizeof generations->code_before, &generations->code_before, -1);
    }
    for (int c = 0; c < u->copies; c++) {
        add_span(u, tstate, u->offsets->thread.head, u->head[c], -1);
        for (int i = 0; i < hot; i++) {
            const struct region *r = &u->regions[i];
            add_span(u, r->start, (size_t)(r->end - r->start), (uint8_t *)r->copy[c], -1);
        }
        for (int i = 0; i < places->learnt_count; i++) {
            add_span(u, places->learnt[i].frame, u->offsets->frame.size, u->learnt[c] + (size_t)i * u->offsets->frame.size, i);
        }
    }
    for (int i = hot; i < u->region_count; i++) {
        const struct region *r = &u->regions[i];
        add_span(u, r->start, (size_t)(r->end - r->start), (uint8_t *)r->copy[0], -1);
    }
    if (u->guard_size) {
        add_span(u, u->guard_start, u->guard_size, u->guard, -1);
    }
    if (o->interp.code_generation != TL_ABSENT) {
        add_span(u, interp + o->interp.code_generation, sizeof generations->code_after, &generations->code_after, -1);
    }
    if (o->interp.tlbc_generation != TL_ABSENT) {
        add_span(u, interp + o->interp.tlbc_generation, sizeof generations->tlbc, &generations->tlbc, -1);
    }
    int read = tl_read_spans(&u->target->memory, u->spans, u->span_count);
    if (read == u->span_count) {
        return true;
    }
    if (read <= 0) {
        *gone = true;
    } else if (u->span_learnt[read] >= 0) {
        tl_places_forget(places, u->span_learnt[read]);
    } else {
        places->chunk_count = 0;
    }
    return false;
}

// ---- walking a copy ----

static const uint8_t *in_regions(const struct tl_unwinder *u, uint64_t frame, int copy)
{
    for (int i = 0; i < u->region_count; i++) {
        const struct region *r = &u->regions[i];
        if (frame >= r->start && frame < r->end && r->end - frame >= u->offsets->frame.size) {
            return r->copy[copy] + (frame - r->start);
        }
    }
    return NULL;
}

static const uint8_t *resolve(struct tl_unwinder *u, struct tl_places *places, uint64_t frame, int copy)
{
    const uint8_t *bytes = in_regions(u, frame, copy);
    if (bytes) {
        return bytes;
    }
    int i = find_learnt(u, places, frame);
    if (i < 0) {
        return NULL;
    }
    places->learnt[i].used = places->unwinds;
    return u->learnt[copy] + (size_t)i * u->offsets->frame.size;
}

enum walked {
    WALKED,   // from the current frame to the one every stack ends at
    UNKNOWN,  // met a frame that is in no copy
    BROKEN,   // met what cannot be a frame of a running stack
};

static struct tl_frame parse(const struct tl_unwinder *u, const uint8_t *bytes, uint64_t addr)
{
    const struct tl_offsets *o = u->offsets;
    return (struct tl_frame){
        .addr = addr,
        // The low bits of the reference tell how it is counted; objects are 8-byte aligned.
        .code = tl_u64(bytes + o->frame.executable) & ~(uint64_t)7,
        .instr = tl_u64(bytes + o->frame.instr_ptr),
        .tlbc_index = o->frame.tlbc_index == TL_ABSENT ? 0 : tl_i32(bytes + o->frame.tlbc_index),
        .shim = bytes[o->frame.owner] >= o->frame.shim_owner,
    };
}

static enum walked walk(struct tl_unwinder *u, struct tl_places *places, int copy, int *depth, uint64_t *unknown)
{
    const struct tl_offsets *o = u->offsets;
    uint64_t addr = tl_u64(u->head[copy] + o->thread.current_frame);
    uint64_t base = o->thread.base_frame == TL_ABSENT ? 0 : tl_u64(u->head[copy] + o->thread.base_frame);
    bool ended = addr == 0;  // a thread that has not entered Python yet, or has left it
    *depth = 0;
    while (addr && *depth < TL_MAX_DEPTH) {
        if (addr == base) {
            ended = true;
            break;
        }
        const uint8_t *bytes = resolve(u, places, addr, copy);
        if (!bytes) {
            *unknown = addr;
            return UNKNOWN;
        }
        struct tl_frame *frame = &u->walk[copy][*depth];
        *frame = parse(u, bytes, addr);
        // A frame that was popped has no code (3.14 on); owners above the interpreter's own do not exist.
        if (bytes[o->frame.owner] > o->frame.shim_owner + 1 || (!frame->shim && !frame->code)) {
            return BROKEN;
        }
        ended = frame->shim && base == 0;
        addr = tl_u64(bytes + o->frame.previous);
        ++*depth;
    }
    // Short stacks that look whole come from a generator that was just left and has no caller any more.
    return ended && (addr == 0 || addr == base) ? WALKED : BROKEN;
}

// From a frame that no copy holds, follows the callers and learns those outside the data stack, so that one more try
// has them all.
static void learn_from(struct tl_unwinder *u, struct tl_places *places, uint64_t addr)
{
    const struct tl_offsets *o = u->offsets;
    uint8_t bytes[256];
    tl_places_learn_chunks(places, u->target, newest_head(u));
    for (int steps = 0; addr && steps < TL_MAX_DEPTH && places->learnt_count < TL_MAX_LEARNT; steps++) {
        const uint8_t *at = in_regions(u, addr, u->copies - 1);
        if (!at) {
            if (steps > TL_MAX_LEARNT || tl_read(&u->target->memory, addr, bytes, o->frame.size) != 0) {
                return;
            }
            at = bytes;
        }
        if (at[o->frame.owner] > o->frame.shim_owner + 1) {
            return;
        }
        if (!tl_places_in_chunks(places, addr)) {
            tl_places_learn(places, addr);
        }
        addr = tl_u64(at + o->frame.previous);
    }
}

// ---- judging the copies ----

static bool same_place(const struct tl_frame *a, const struct tl_frame *b)
{
    return a->addr == b->addr && a->code == b->code && a->tlbc_index == b->tlbc_index && a->shim == b->shim;
}

// The hot bytes below the top that the copies hold, or UINT64_MAX when the stack has no cold part at all.
static uint64_t hot_below(const struct tl_unwinder *u, uint64_t top)
{
    int hot = hot_regions(u);
    if (u->region_count == hot) {
        return UINT64_MAX;
    }
    uint64_t below = 0;
    for (int i = hot - 1; i >= 0; i--) {
        const struct region *r = &u->regions[i];
        if (top >= r->start && top <= r->end) {
            return below + (top - r->start);
        }
        below += r->end - r->start;
    }
    return 0;
}

// Nothing at the root end of the hot part moved while the cold part was copied, so nothing below it ran.
static bool guard_holds(const struct tl_unwinder *u, const struct tl_frame *frames, int depth)
{
    if (!u->guard_size) {
        return true;
    }
    for (int i = depth - 1; i >= 0; i--) {
        uint64_t addr = frames[i].addr;
        if (addr >= u->guard_start && addr - u->guard_start + u->offsets->frame.size <= u->guard_size) {
            struct tl_frame again = parse(u, u->guard + (addr - u->guard_start), addr);
            return same_place(&again, &frames[i]) && (again.instr == frames[i].instr || i == 0);
        }
    }
    return true;
}

// The frame at a distance from the root.
static const struct tl_frame *from_root(const struct tl_unwinder *u, int copy, int distance)
{
    return &u->walk[copy][u->depth[copy] - 1 - distance];
}

static bool agree_on_place(const struct tl_unwinder *u, int distance)
{
    for (int c = 0; c < u->copies; c++) {
        if (distance >= u->depth[c] || !same_place(from_root(u, c, distance), from_root(u, 0, distance))) {
            return false;
        }
    }
    return true;
}

static bool agree_on_instr(const struct tl_unwinder *u, int distance)
{
    for (int c = 1; c < u->copies; c++) {
        if (from_root(u, c, distance)->instr != from_root(u, 0, distance)->instr) {
            return false;
        }
    }
    return true;
}

static bool judge(struct tl_unwinder *u, struct tl_unwound *out)
{
    int common = 0;
    while (agree_on_place(u, common)) {
        common++;
        if (!agree_on_instr(u, common - 1)) {
            break;  // the same call of the same function, only further on: still a true leaf, and nothing above it is
        }
    }
    int newest = u->depth[u->copies - 1];
    int deepest = 0;
    for (int c = 0; c < u->copies; c++) {
        deepest = u->depth[c] > deepest ? u->depth[c] : deepest;
    }
    if (common == 0 && deepest > 0) {
        return false;
    }
    out->frames = u->walk[u->copies - 1] + newest - common;
    out->depth = common;
    out->trimmed = common < deepest;
    return guard_holds(u, out->frames, common);
}

static void predict(struct tl_unwinder *u, struct tl_places *places)
{
    uint64_t top = tl_u64(newest_head(u) + u->offsets->thread.datastack_top);
    if (places->chunk_count == 0 || top <= places->chunks[0].addr || top > places->chunks[0].end) {
        return;
    }
    places->top = top;
    // Sinks slowly towards the present, so that a thread that went deep once is not copied that far for ever.
    uint64_t sunk = places->high > top + 64 ? places->high - 64 : top;
    uint64_t first = tl_u64(u->head[0] + u->offsets->thread.datastack_top);
    places->high = first > sunk && first <= places->chunks[0].end ? first : sunk;
}

bool tl_unwound_word(const struct tl_unwinder *u, const struct tl_frame *frame, uint32_t offset, uint64_t *value)
{
    uint64_t addr = tl_addr(frame->addr, offset);
    for (int i = 0; i < u->region_count; i++) {
        const struct region *r = &u->regions[i];
        if (addr >= r->start && addr < r->end && r->end - addr >= sizeof *value) {
            *value = tl_u64(r->copy[0] + (addr - r->start));
            for (int c = 1; c < u->copies; c++) {
                if (tl_u64(r->copy[c] + (addr - r->start)) != *value) {
                    return false;
                }
            }
            return true;
        }
        if (frame->addr >= r->start && frame->addr < r->end) {
            return false;  // above what was copied
        }
    }
    return tl_read(&u->target->memory, addr, value, sizeof *value) == 0;
}

enum tl_unwind_result tl_unwind(struct tl_unwinder *u, uint64_t tstate, uint64_t interp, struct tl_places *places,
                                struct tl_unwound *out)
{
    *out = (struct tl_unwound){.head = newest_head(u)};
    tl_places_age(places);
    for (int try = 0; try < MAX_TRIES; try++) {
        if (places->chunk_count == 0) {
            if (tl_read(&u->target->memory, tstate, u->head[u->copies - 1], u->offsets->thread.head) != 0) {
                return TL_UNWIND_GONE;
            }
            tl_places_learn_chunks(places, u->target, newest_head(u));
        }
        rebuild_index(u, places);
        bool gone = false;
        if (!plan(u, places)) {
            return TL_UNWIND_TORN;
        }
        if (!copy_all(u, tstate, interp, places, &out->generations, &gone)) {
            if (gone) {
                return TL_UNWIND_GONE;
            }
            continue;
        }
        uint64_t unknown = 0;
        bool whole = true;
        for (int c = 0; c < u->copies && !unknown; c++) {
            whole = walk(u, places, c, &u->depth[c], &unknown) == WALKED && whole;
        }
        uint64_t top = tl_u64(newest_head(u) + u->offsets->thread.datastack_top);
        bool hot_enough = hot_below(u, top) >= HOT_LEAST;
        predict(u, places);
        if (unknown) {
            learn_from(u, places, unknown);
        } else if (whole && hot_enough && judge(u, out)) {
            return TL_UNWIND_OK;
        } else if (!hot_enough) {
            tl_places_learn_chunks(places, u->target, newest_head(u));
        }
    }
    return TL_UNWIND_TORN;
}
