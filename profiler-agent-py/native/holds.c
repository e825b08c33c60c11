#include "holds.h"

#include <stdlib.h>

struct going {
    struct tl_hold hold;
    int64_t start;
    int64_t seen;
};

struct tl_holds {
    struct going *items;
    int count, capacity;
};

struct tl_holds *tl_holds_new(void)
{
    return calloc(1, sizeof(struct tl_holds));
}

void tl_holds_free(struct tl_holds *holds)
{
    if (holds) {
        free(holds->items);
        free(holds);
    }
}

static void tell(const struct going *going, struct tl_batch *batch, int64_t end)
{
    const struct tl_hold *h = &going->hold;
    if (going->start < end) {
        tl_add_hold(batch, h->lock, h->thread, going->start, end, h->stack, h->how, h->place, h->taken);
    }
}

static struct going *find(struct tl_holds *holds, const struct tl_hold *hold)
{
    for (int i = 0; i < holds->count; i++) {
        if (holds->items[i].hold.lock == hold->lock && holds->items[i].hold.thread == hold->thread) {
            return &holds->items[i];
        }
    }
    return NULL;
}

void tl_holds_see(struct tl_holds *holds, struct tl_batch *batch, const struct tl_hold *hold, int64_t now)
{
    struct going *known = find(holds, hold);
    if (known && known->seen == now) {
        return;
    }
    if (known) {
        bool same = known->hold.stack == hold->stack && known->hold.how == hold->how && known->hold.place == hold->place
                    && known->hold.taken == hold->taken;
        if (!same) {
            tell(known, batch, now);
            known->hold = *hold;
            known->start = now;
        }
        known->seen = now;
        return;
    }
    if (holds->count == holds->capacity) {
        int capacity = holds->capacity ? holds->capacity * 2 : 64;
        struct going *larger = realloc(holds->items, (size_t)capacity * sizeof *larger);
        if (!larger) {
            return;
        }
        holds->items = larger;
        holds->capacity = capacity;
    }
    holds->items[holds->count++] = (struct going){.hold = *hold, .start = now, .seen = now};
}

bool tl_holds_known(const struct tl_holds *holds, int32_t lock, int64_t now)
{
    for (int i = 0; i < holds->count; i++) {
        if (holds->items[i].hold.lock == lock && holds->items[i].seen == now) {
            return true;
        }
    }
    return false;
}

void tl_holds_settle(struct tl_holds *holds, struct tl_batch *batch, int64_t now)
{
    int kept = 0;
    for (int i = 0; i < holds->count; i++) {
        if (holds->items[i].seen == now) {
            holds->items[kept++] = holds->items[i];
        } else {
            tell(&holds->items[i], batch, now);
        }
    }
    holds->count = kept;
}

void tl_holds_tell(struct tl_holds *holds, struct tl_batch *batch, int64_t now)
{
    for (int i = 0; i < holds->count; i++) {
        tell(&holds->items[i], batch, now);
        holds->items[i].start = now;
    }
}
