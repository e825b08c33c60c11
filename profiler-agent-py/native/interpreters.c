#include "interpreters.h"

#include <string.h>

// Spans of a read: the table's head, finalizing and the list head, and five of each interpreter.
#define PER_INTERPRETER 5

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
