#include "watch.h"

#include <stdio.h>

#include "sections.h"

// Waiters that are asked at a tick whether the lock was handed to them.
#define MAX_ASKED 64

bool tl_watch_open(struct tl_watch *watch, const struct tl_target *target, struct tl_types *types)
{
    *watch = (struct tl_watch){.target = target, .types = types, .classes = tl_classes_open(target, types), .locks = tl_locks_new(),
                               .holds = tl_holds_new()};
    return watch->classes && watch->locks && watch->holds;
}

void tl_watch_close(struct tl_watch *watch)
{
    if (watch->classes) {
        tl_classes_close(watch->classes);
    }
    tl_locks_free(watch->locks);
    tl_holds_free(watch->holds);
}

void tl_watch_stack(struct tl_watch *watch, struct tl_thread *thread)
{
    thread->held_count = thread->stack_known ? tl_held_find(watch->target, watch->types, &thread->trace, thread->ident, thread->held) : 0;
}

// ---- waits ----

static const char *type_of(struct tl_watch *watch, uint64_t object)
{
    uint64_t type = tl_read_pointer(&watch->target->memory, tl_addr(object, watch->target->offsets.object.ob_type));
    return tl_type_at(watch->types, type)->name;
}

static int32_t number_of(struct tl_watch *watch, struct tl_batch *batch, const struct tl_thread *thread, uint8_t kind, uint64_t object,
                         uint64_t address)
{
    if (kind == TL_KIND_CRITICAL_SECTION) {
        const struct tl_type *class = tl_class_of_dict(watch->classes, object, thread->trace.leaf_frame);
        if (class) {
            char type[TL_TYPE_NAME + 8];
            snprintf(type, sizeof type, "class %s", class->name);
            return tl_lock_number(watch->locks, batch, TL_KIND_INTERPRETER_LOCK, class->addr, type, thread->tstate);
        }
    }
    // All threads of an interpreter wait for the end of one and the same pause.
    bool pause = kind == TL_KIND_PAUSE || kind == TL_KIND_PAUSE_REQUEST;
    bool has_type = kind == TL_KIND_CRITICAL_SECTION || kind == TL_KIND_INTERNAL_LOCK;
    // Inside an object there may be several.
    bool inside = kind == TL_KIND_INTERNAL_LOCK || !object;
    return tl_lock_number(watch->locks, batch, kind, pause ? thread->interp : inside ? address : object, has_type ? type_of(watch, object) : "",
                          thread->tstate);
}

static struct tl_waiting waiting_for(struct tl_watch *watch, struct tl_batch *batch, const struct tl_thread *thread,
                                     const struct tl_look *look)
{
    const struct tl_state_memo *memo = &thread->state_memo;
    struct tl_waiting waiting = {.lock = -1, .stack = thread->stack_known ? thread->trace.stack : -1};
    bool blocked = look->place == TL_PLACE_BLOCKED && thread->state != TL_STATE_UNKNOWN;
    // Woken, but it has not run since: it has not got what it waits for before it knows.
    bool woken = look->place == TL_PLACE_READY && !look->ran && thread->wait.lock >= 0;
    bool awake = thread->state == TL_STATE_GIL || thread->state == TL_STATE_PAUSED;
    if (thread->spins) {
        waiting.lock = number_of(watch, batch, thread, thread->spin.kind, thread->spin.object, thread->spin.mutex);
    } else if (memo->kind != TL_KIND_NONE && (blocked || woken || awake)) {
        waiting.lock = number_of(watch, batch, thread, memo->kind, memo->park.object, memo->park.address);
        waiting.start = memo->park.start;
    }
    return waiting;
}

// ---- holders that do not show on a stack ----

static const struct tl_thread *thread_of_ident(const struct tl_threads *threads, uint64_t ident)
{
    for (int i = 0; ident && i < threads->count; i++) {
        if (threads->items[i]->ident == ident) {
            return threads->items[i];
        }
    }
    return NULL;
}

// Seen to hold it, but not on its stack: it took it after those that are.
static void see(struct tl_watch *watch, struct tl_batch *batch, int32_t lock, const struct tl_thread *thread, enum tl_how how, int64_t now)
{
    struct tl_hold hold = {.lock = lock, .thread = thread->number, .stack = -1, .how = (int8_t)how, .place = (int16_t)thread->held_count,
                           .taken = -1};
    tl_holds_see(watch->holds, batch, &hold, now);
}

// The holder of a lock that threads wait for, where the interpreter knows it and the stacks need not tell.
static void look_for_holder(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads,
                            const struct tl_interpreter *interp, const struct tl_thread *waiter, int64_t now)
{
    int32_t lock = waiter->wait.lock;
    const struct tl_thread *holder = NULL;
    uint64_t mutex;
    switch ((enum tl_lock_kind)tl_lock_kind(watch->locks, lock)) {
    case TL_KIND_RLOCK:
        holder = thread_of_ident(threads, tl_rlock_owner(watch->target, tl_lock_address(watch->locks, lock)));
        if (holder && holder != waiter) {
            see(watch, batch, lock, holder, TL_HOW_OWNER, now);
        }
        break;
    case TL_KIND_CRITICAL_SECTION:
    case TL_KIND_INTERPRETER_LOCK:
        mutex = waiter->spins ? waiter->spin.mutex : waiter->state_memo.park.address;
        for (int i = 0; i < threads->count; i++) {
            const struct tl_thread *thread = threads->items[i];
            if (thread != waiter && thread->attachment == TL_ATTACHED && tl_is_in_section(watch->target, thread->tstate, mutex)) {
                see(watch, batch, lock, thread, TL_HOW_SECTION, now);
            }
        }
        break;
    case TL_KIND_GIL:
        holder = interp ? tl_thread_of_state(threads, interp->gil_holder) : NULL;
        if (holder && holder != waiter) {
            see(watch, batch, lock, holder, TL_HOW_GIL, now);
        }
        break;
    case TL_KIND_PAUSE:
        holder = interp ? tl_thread_of_state(threads, interp->requester) : NULL;
        if (holder && holder != waiter) {
            see(watch, batch, lock, holder, TL_HOW_PAUSE, now);
        }
        break;
    case TL_KIND_PAUSE_REQUEST:
        for (int i = 0; i < threads->count; i++) {
            const struct tl_thread *thread = threads->items[i];
            if (thread != waiter && thread->interp == waiter->interp && thread->attachment == TL_ATTACHED) {
                see(watch, batch, lock, thread, TL_HOW_PAUSE, now);
            }
        }
        break;
    default:
        break;
    }
}

static const struct tl_interpreter *interpreter_at(const struct tl_interpreters *interpreters, uint64_t addr)
{
    for (int i = 0; i < interpreters->count; i++) {
        if (interpreters->items[i].addr == addr) {
            return &interpreters->items[i];
        }
    }
    return NULL;
}

// CPython hands a lock to a waiter that waited long, and wakes it. Until that one has a core, it has the lock, and nobody's stack shows it.
static void look_for_given(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads, const struct tl_sched *sched,
                           int64_t now)
{
    const struct tl_thread *waiters[MAX_ASKED];
    struct tl_span spans[MAX_ASKED];
    int32_t given[MAX_ASKED] = {0};
    int count = 0;
    for (int i = 0; i < threads->count && count < MAX_ASKED; i++) {
        const struct tl_thread *thread = threads->items[i];
        bool has_run = tl_sched_look(sched, thread->slot)->ran;
        if (thread->seen && thread->wait.lock >= 0 && !thread->spins && !has_run && thread->state_memo.park.given) {
            spans[count] = (struct tl_span){.addr = thread->state_memo.park.given, .size = sizeof *given, .into = &given[count]};
            waiters[count++] = thread;
        }
    }
    int read = count ? tl_read_spans(&watch->target->memory, spans, count) : 0;
    for (int i = 0; i < read; i++) {
        // Who was seen to have it earlier in this tick had it when the tick began.
        if (given[i] == 1 && !tl_holds_known(watch->holds, waiters[i]->wait.lock, now)) {
            int32_t stack = waiters[i]->stack_known ? waiters[i]->trace.stack : -1;
            struct tl_hold hold = {.lock = waiters[i]->wait.lock, .thread = waiters[i]->number, .stack = stack, .how = TL_HOW_OWNER,
                                   .place = (int16_t)waiters[i]->held_count, .taken = stack};
            tl_holds_see(watch->holds, batch, &hold, now);
        }
    }
}

void tl_watch_tick(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads, const struct tl_sched *sched,
                   const struct tl_interpreters *interpreters, int64_t now)
{
    for (int i = 0; i < threads->count; i++) {
        struct tl_thread *thread = threads->items[i];
        if (!thread->seen) {
            continue;
        }
        struct tl_waiting waiting = waiting_for(watch, batch, thread, tl_sched_look(sched, thread->slot));
        tl_wait_see(&thread->wait, batch, thread->number, &waiting, now);
        if (waiting.lock >= 0) {
            tl_lock_used(watch->locks, waiting.lock, thread->number, now);
        }
        for (int h = 0; h < thread->held_count; h++) {
            const struct tl_held *held = &thread->held[h];
            int32_t lock = tl_lock_number(watch->locks, batch, held->kind, held->address, "", thread->tstate);
            struct tl_hold hold = {.lock = lock, .thread = thread->number, .stack = held->stack, .how = TL_HOW_WITH, .place = (int16_t)h,
                                   .taken = held->taken};
            if (lock >= 0) {
                tl_lock_used(watch->locks, lock, thread->number, now);
                tl_holds_see(watch->holds, batch, &hold, now);
            }
        }
    }
    for (int i = 0; i < threads->count; i++) {
        const struct tl_thread *thread = threads->items[i];
        if (thread->seen && thread->wait.lock >= 0) {
            look_for_holder(watch, batch, threads, interpreter_at(interpreters, thread->interp), thread, now);
        }
    }
    look_for_given(watch, batch, threads, sched, now);
    tl_holds_settle(watch->holds, batch, now);
}

void tl_watch_hand_over(struct tl_watch *watch, struct tl_batch *batch, const struct tl_threads *threads, int64_t now)
{
    for (int i = 0; i < threads->count; i++) {
        tl_wait_tell(&threads->items[i]->wait, batch, threads->items[i]->number, now);
    }
    tl_holds_tell(watch->holds, batch, now);
    tl_locks_next_batch(watch->locks);
}
