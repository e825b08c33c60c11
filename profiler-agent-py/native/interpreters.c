#include "interpreters.h"

#include <stdlib.h>
#include <string.h>

// Spans of a read: the table's head, finalizing and the list head, and five of each interpreter.
#define PER_INTERPRETER 7

// `struct _stoptheworld_state` (Include/internal/pycore_interp_structs.h): {mutex, requested, stopped, global, event: bytes; countdown; requester}.
struct world {
    uint8_t mutex, requested, stopped, is_global, event, padding[3];
    int64_t countdown;
    uint64_t requester;
};
_Static_assert(sizeof(struct world) == 24, "as in the interpreter");

// `last_holder`, `locked`, `switch_number`: neighbours in `struct _gil_runtime_state` (Include/internal/pycore_gil.h).
struct gil {
    uint64_t holder;
    int32_t locked, padding;
    uint64_t switches;
};

static void add(struct tl_span *spans, int *count, uint64_t addr, size_t size, void *into)
{
    spans[(*count)++] = (struct tl_span){.addr = addr, .size = size, .into = into};
}

// Follows the list of interpreters from its head; what each one holds is read with the next tl_interpreters_read.
static bool list(const struct tl_target *target, uint64_t head, struct tl_interpreters *its)
{
    const struct tl_offsets *o = &target->offsets;
    its->count = 0;
    for (uint64_t addr = head; addr && its->count < TL_MAX_INTERPRETERS;) {
        struct tl_interpreter *it = &its->items[its->count];
        *it = (struct tl_interpreter){.addr = addr};
        it->gil = tl_read_pointer(&target->memory, tl_addr(addr, o->interp.ceval_gil));
        if (tl_read(&target->memory, tl_addr(addr, o->interp.next), &it->next, sizeof it->next) != 0) {
            return false;
        }
        its->count++;
        addr = it->next;
    }
    return its->count > 0;
}

enum tl_seen tl_interpreters_read(const struct tl_target *target, struct tl_interpreters *its)
{
    const struct tl_offsets *o = &target->offsets;
    for (int try = 0; try < 3; try++) {
        struct tl_span spans[3 + PER_INTERPRETER * TL_MAX_INTERPRETERS];
        int count = 0;
        uint64_t table[2] = {0, 0};  // cookie, version
        uint64_t head = 0;
        uint64_t gils[TL_MAX_INTERPRETERS];
        struct world worlds[TL_MAX_INTERPRETERS];
        struct gil states[TL_MAX_INTERPRETERS];
        add(spans, &count, target->runtime, sizeof table, table);
        add(spans, &count, target->runtime + o->runtime.finalizing, sizeof its->finalizing, &its->finalizing);
        add(spans, &count, target->runtime + o->runtime.interpreters_head, sizeof head, &head);
        for (int i = 0; i < its->count; i++) {
            struct tl_interpreter *it = &its->items[i];
            add(spans, &count, it->addr + o->interp.next, sizeof it->next, &it->next);
            add(spans, &count, it->addr + o->interp.threads_head, sizeof it->threads_head, &it->threads_head);
            add(spans, &count, it->addr + o->interp.ceval_gil, sizeof gils[i], &gils[i]);
            add(spans, &count, it->addr + o->interp.gc + o->gc.collecting, sizeof it->collecting, &it->collecting);
            if (o->gil.enabled != TL_ABSENT) {
                add(spans, &count, tl_addr(it->gil, o->gil.enabled), sizeof it->gil_word, &it->gil_word);
            }
            add(spans, &count, tl_addr(it->gil, o->gil.holder), sizeof states[i], &states[i]);
            if (its->world) {
                add(spans, &count, it->addr + its->world, sizeof worlds[i], &worlds[i]);
            }
        }
        int read = tl_read_spans(&target->memory, spans, count);
        if (read < 3 || table[1] != target->version || memcmp(table, "xdebugpy", 8) != 0) {
            return TL_SEEN_END;
        }
        bool as_known = read == count && its->count > 0 && head == its->items[0].addr;
        for (int i = 0; as_known && i < its->count; i++) {
            struct tl_interpreter *it = &its->items[i];
            uint64_t next = i + 1 < its->count ? its->items[i + 1].addr : 0;
            as_known = gils[i] == it->gil && (it->next == next || its->count == TL_MAX_INTERPRETERS);
            it->gil_enabled = o->gil.enabled == TL_ABSENT || it->gil_word != 0;
            it->gil_for_good = o->gil.enabled == TL_ABSENT || it->gil_word == INT32_MAX;
            it->gil_holder = it->gil_enabled && states[i].locked == 1 ? states[i].holder : 0;
            it->gil_switches = states[i].switches;
            it->stopping = its->world && (worlds[i].requested == 1 || worlds[i].stopped == 1);
            it->requester = it->stopping ? worlds[i].requester : 0;
        }
        if (as_known) {
            return TL_SEEN;
        }
        if (!list(target, head, its)) {
            its->count = 0;
            return TL_SEEN_NOTHING;
        }
    }
    return TL_SEEN_NOTHING;
}

static bool is_thread_of(const struct tl_target *target, uint64_t tstate, uint64_t interp)
{
    return tl_read_pointer(&target->memory, tl_addr(tstate, target->offsets.thread.interp)) == interp;
}

// Bytes as they are while the world is stopped, or is about to be.
static bool looks_stopped(const struct world *world)
{
    return (world->mutex == 1 || world->mutex == 3) && world->requested <= 1 && world->stopped <= 1
        && world->requested + world->stopped >= 1 && world->is_global == 0 && world->event <= 3 && world->countdown >= 0
        && world->countdown < 1 << 20;
}

// Two waits for an event at the same place settle it: stops are short, and may be over before they were looked at.
static uint32_t world_of_event(struct tl_interpreters *its, uint64_t interp, uint64_t event)
{
    uint32_t at = (uint32_t)(event - interp - offsetof(struct world, event));
    bool again = at == its->world_guess && at % 8 == 0;
    its->world_guess = at;
    return again ? at : 0;
}

static uint32_t search_world(const struct tl_target *target, uint64_t interp)
{
    uint32_t size = target->offsets.interp.size;
    uint8_t *state = malloc(size);
    uint32_t found = 0;
    bool unique = true;
    if (state && tl_read(&target->memory, interp, state, size) == 0) {
        for (uint32_t at = 8; at + sizeof(struct world) <= size; at += 8) {
            struct world world;
            memcpy(&world, state + at, sizeof world);
            if (looks_stopped(&world) && is_thread_of(target, world.requester, interp)) {
                unique = found == 0;
                found = at;
            }
        }
    }
    free(state);
    return unique ? found : 0;
}

void tl_interpreters_learn_world(const struct tl_target *target, struct tl_interpreters *its, uint64_t interp, uint64_t event)
{
    bool inside = event > interp && event - interp < target->offsets.interp.size;
    its->world = inside ? world_of_event(its, interp, event) : search_world(target, interp);
}
