#include "slices.h"

#include <stdlib.h>

static bool is_full(const struct tl_slices *slices)
{
    return slices->count == TL_MAX_SLICES;
}

// A slice that is missing leaves open what the thread did since it got its core, else since the rings were last read.
static void lose(struct tl_slices *slices, const struct tl_stay *stay, int64_t count)
{
    int64_t from = stay->kind == TL_STAY_ON && stay->since < slices->read_until ? stay->since : slices->read_until;
    slices->lost_from = slices->lost == 0 || from < slices->lost_from ? from : slices->lost_from;
    slices->lost += count;
}

static void add(struct tl_slices *slices, const struct tl_stay *stay, int64_t end)
{
    if (end <= stay->since) {
        return; // it was cut there already
    }
    if (is_full(slices) || end <= slices->told_until) {
        lose(slices, stay, 1);
        return;
    }
    slices->ended[slices->count++] =
        (struct tl_slice){.thread = stay->thread, .core = stay->core, .start = stay->since, .end = end};
}

// Switches in and out take turns, so their number tells how many slices began or ended with one that was not read.
static void pass_over(struct tl_stay *stay, uint64_t switches, struct tl_slices *slices)
{
    if (switches > 0) {
        lose(slices, stay, (int64_t)((switches + 1 + (stay->kind == TL_STAY_ON)) / 2));
        stay->kind = TL_STAY_OFF;
    }
}

static void take(struct tl_stay *stay, const struct tl_switch *taken, struct tl_slices *slices)
{
    int64_t time = (int64_t)taken->time;
    if (taken->kind == TL_SWITCH_IN) {
        stay->kind = TL_STAY_ON;
        stay->core = taken->core;
        stay->since = time;
        return;
    }
    if (stay->kind == TL_STAY_UNKNOWN) {
        stay->kind = TL_STAY_ON;
        stay->core = taken->core;
    }
    if (stay->kind == TL_STAY_ON) {
        add(slices, stay, time);
    }
    stay->kind = TL_STAY_OFF;
}

void tl_stay_begin(struct tl_stay *stay, const struct tl_ring *ring, int32_t thread, int64_t now)
{
    uint64_t head = tl_ring_head(ring);
    struct tl_switch last;
    *stay = (struct tl_stay){.kind = TL_STAY_UNKNOWN, .thread = thread, .since = now, .read = head};
    if (tl_ring_read(ring, head, &last)) {
        stay->kind = last.kind == TL_SWITCH_IN ? TL_STAY_ON : TL_STAY_OFF;
        stay->core = last.core;
        stay->since = (int64_t)last.time > now ? (int64_t)last.time : now;
    }
}

void tl_stay_follow(struct tl_stay *stay, const struct tl_ring *ring, uint64_t head, struct tl_slices *slices)
{
    if (stay->kind == TL_STAY_IGNORED || stay->read == head) {
        return;
    }
    uint64_t added = (stay->read - head) / TL_SWITCH_SIZE; // the ring is written backwards
    stay->read = head;
    // Beyond the lid it is enough to know where the thread is.
    uint64_t wanted = is_full(slices) ? 1 : tl_ring_capacity(ring);
    uint64_t kept = added < wanted ? added : wanted;
    uint64_t passed_over = added - kept;
    for (uint64_t back = kept; back-- > 0;) {
        struct tl_switch one;
        if (!tl_ring_read(ring, head + back * TL_SWITCH_SIZE, &one)) {
            passed_over++;
            continue;
        }
        pass_over(stay, passed_over, slices);
        passed_over = 0;
        take(stay, &one, slices);
    }
    pass_over(stay, passed_over, slices);
}

void tl_stay_cut(struct tl_stay *stay, struct tl_slices *slices, int64_t until)
{
    if (stay->kind == TL_STAY_ON && !is_full(slices) && until > stay->since) {
        add(slices, stay, until);
        stay->since = until;
    }
}

static int by_end(const void *one, const void *other)
{
    int64_t a = ((const struct tl_slice *)one)->end, b = ((const struct tl_slice *)other)->end;
    return (a > b) - (a < b);
}

static void tell_lost(struct tl_slices *slices, struct tl_batch *batch)
{
    if (slices->lost > 0) {
        tl_add_event(batch, slices->lost_from, TL_EVENT_LOST_SLICES, slices->lost);
    } else if (slices->losing) {
        tl_add_event(batch, slices->told_until, TL_EVENT_LOST_SLICES, 0);
    }
    slices->losing = slices->lost > 0;
    slices->lost = 0;
}

void tl_slices_tell(struct tl_slices *slices, struct tl_batch *batch, int64_t until)
{
    qsort(slices->ended, (size_t)slices->count, sizeof *slices->ended, by_end);
    tell_lost(slices, batch);
    int told = 0;
    while (told < slices->count && slices->ended[told].end <= until) {
        const struct tl_slice *slice = &slices->ended[told++];
        tl_add_slice(batch, slice->thread, slice->core, slice->start, slice->end);
    }
    slices->count -= told;
    for (int i = 0; i < slices->count; i++) {
        slices->ended[i] = slices->ended[told + i];
    }
    slices->told_until = until;
}
