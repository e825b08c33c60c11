#include "session.h"

#include <time.h>

// How long a thread that came or went without a sign may go unnoticed.
#define LIST_EVERY_NS 100000000
// Walks in a row, one a tick, for a thread state whose thread has not begun to run.
#define LIST_TRIES 20

// Searches for the stop-the-world flags, each through an interpreter's whole state, before it is left at the threads' own.
#define WORLD_TRIES 200

// The kernel may be this late to publish a switch, so slices are told only up to here before the last tick.
#define SETTLED_NS 100000

// A batch that nobody takes stops growing here.
#define MAX_SAMPLE_ROWS (4 << 20)

enum { PAUSE_STOPPED = 0, PAUSE_COLLECTING = 1 };

int64_t tl_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// ---- samples ----

static void end_run(struct tl_session *s, struct tl_thread *thread)
{
    if (thread->run.count == 0) {
        return;
    }
    if (s->filling->tables[TL_SAMPLES].rows < MAX_SAMPLE_ROWS) {
        tl_add_samples(s->filling, thread->number, &thread->run);
    } else {
        s->lost_samples += thread->run.count;
    }
    thread->run.count = 0;
}

static void add_sample(struct tl_session *s, struct tl_thread *thread, const struct tl_look *look)
{
    struct tl_run *run = &thread->run;
    int32_t stack = thread->stack_known ? thread->trace.stack : -1;
    bool spins = thread->spins && look->place == TL_PLACE_CORE;
    int8_t flags = (int8_t)(thread->flags | (spins ? TL_SPINS : 0));
    s->counters.samples++;
    s->counters.torn_samples += (thread->flags & TL_TORN) != 0;
    s->counters.trimmed_samples += (thread->flags & TL_TRIMMED) != 0;
    if (run->count > 0 && run->tick + run->count == s->tick && run->state == (int8_t)thread->state
        && run->flags == flags && run->core == look->core && run->stack == stack) {
        run->count++;
        return;
    }
    end_run(s, thread);
    *run = (struct tl_run){.tick = s->tick, .count = 1, .state = (int8_t)thread->state, .flags = flags,
                           .core = look->core, .stack = stack};
}

// ---- one thread ----

// Its place in the list of interpreters; beyond the end where it is gone.
static int place_of_interpreter(const struct tl_session *s, const struct tl_thread *thread)
{
    int i = 0;
    while (i < s->interpreters.count && s->interpreters.items[i].addr != thread->interp) {
        i++;
    }
    return i;
}

static const struct tl_interpreter *interpreter_of(const struct tl_session *s, const struct tl_thread *thread)
{
    int i = place_of_interpreter(s, thread);
    return i < s->interpreters.count ? &s->interpreters.items[i] : NULL;
}

// Reads the stack anew. False when the thread state is no longer this thread's, or the thread is done with it: it may be read long after both have ended.
static bool look_at_stack(struct tl_session *s, struct tl_thread *thread, const struct tl_look *look)
{
    const struct tl_offsets *o = &s->target.offsets;
    struct tl_unwound unwound;
    enum tl_unwind_result result = tl_unwind(s->unwinder, thread->tstate, thread->interp, &thread->places, &unwound);
    if (result == TL_UNWIND_GONE || tl_u64(unwound.head + o->thread.id) != thread->id
        || tl_u64(unwound.head + o->thread.interp) != thread->interp || tl_i32(unwound.head + o->thread.status) & TL_UNBOUND) {
        return false;
    }
    if (look->place == TL_PLACE_CORE) {
        tl_sched_lives(s->sched, thread->slot);
    }
    thread->attachment = (uint8_t)tl_i32(unwound.head + o->thread.state);
    thread->gil_requested = o->thread.gil_requested != TL_ABSENT && tl_i32(unwound.head + o->thread.gil_requested) != 0;
    thread->stack_known = result == TL_UNWIND_OK
        && tl_trace(s->codes, s->stacks, s->unwinder, o, thread->interp, &unwound, &thread->trace_memo, &thread->trace);
    bool trimmed = thread->stack_known && (unwound.trimmed || thread->trace.cut);
    thread->flags = !thread->stack_known ? TL_TORN : trimmed ? TL_TRIMMED : 0;
    // What was read of a thread that blocked belongs to that block only if it has not woken up since.
    bool same_moment = !look->exact || look->place != TL_PLACE_BLOCKED || tl_sched_still(s->sched, thread->slot);
    thread->roles_known = thread->stack_known && !trimmed && same_moment;
    tl_watch_stack(&s->watch, thread);
    if (s->refcounts && !s->gil_seen && look->place == TL_PLACE_CORE) {
        tl_refcounts_meet(s->refcounts, s->unwinder, thread);
    }
    return true;
}

static void classify(struct tl_session *s, struct tl_thread *thread, const struct tl_look *look, const struct tl_interpreter *interp)
{
    bool gave_up_core = look->place == TL_PLACE_READY && interp && !interp->gil_enabled;
    thread->spins = look->place != TL_PLACE_BLOCKED && look->ran
                    && tl_contended_look(s->contended, s->unwinder, thread, gave_up_core, s->now, &thread->spin);
    struct tl_state_input input = {
        .thread = {.tstate = thread->tstate, .interp = thread->interp, .gil = interp ? interp->gil : 0,
                   .leaf_frame = thread->roles_known ? thread->trace.leaf_frame : 0},
        .attachment = thread->attachment,
        .gil_enabled = interp && interp->gil_enabled,
        .gil_requested = thread->gil_requested,
        .roles_known = thread->roles_known,
        .roles = {thread->trace.roles[0], thread->trace.roles[1]},
        .leaf_position = thread->roles_known ? thread->trace.leaf_instr : 0,
        .condition = thread->trace.condition,
        .spins = thread->spins,
    };
    thread->state = tl_state_classify(s->sched, thread->slot, s->parking, &input, &thread->state_memo);
    if (look->place == TL_PLACE_BLOCKED) {
        tl_contended_learn(s->contended, thread);
    }
}

// False when there is nothing to tell of it at this tick.
static bool look_at_thread(struct tl_session *s, struct tl_thread *thread, bool gil_changed)
{
    const struct tl_look *look = tl_sched_look(s->sched, thread->slot);
    if (look->place == TL_PLACE_GONE) {
        s->list_due = true;
        return false;
    }
    // A thread that did not run since the last look has the same stack and, where the kernel has it, the same state.
    bool stale = look->ran || thread->place == TL_PLACE_GONE || thread->flags != 0;
    bool same = !stale && look->place == thread->place && look->block == thread->block && !gil_changed;
    if (!same) {
        if (stale) {
            thread->ran = true;
            if (!look_at_stack(s, thread, look)) {
                s->list_due = true;
                return false;
            }
        }
        classify(s, thread, look, interpreter_of(s, thread));
        thread->place = look->place;
        thread->block = look->block;
    }
    return true;
}

// Whether a thread is rather in the first of two thread states it has.
static bool is_rather_in(const struct tl_session *s, const struct tl_thread *one, const struct tl_thread *other)
{
    bool attached = one->attachment == TL_ATTACHED, other_attached = other->attachment == TL_ATTACHED;
    bool has_frames = one->trace.stack >= 0, other_has_frames = other->trace.stack >= 0;
    // Interpreters are listed newest first, and a thread enters a newer one from an older one.
    return attached != other_attached       ? attached
           : has_frames != other_has_frames ? has_frames
                                            : place_of_interpreter(s, one) < place_of_interpreter(s, other);
}

// A thread that entered another interpreter has a thread state in each, and is in one of them.
static bool is_current(const struct tl_session *s, const struct tl_thread *thread)
{
    for (int i = 0; thread->doubled && i < s->threads.count; i++) {
        const struct tl_thread *other = s->threads.items[i];
        if (other != thread && other->number == thread->number && other->seen && is_rather_in(s, other, thread)) {
            return false;
        }
    }
    return true;
}

// Two rounds, because which thread state of a thread counts is known only when all were looked at.
static void look_at_threads(struct tl_session *s, bool gil_changed)
{
    for (int i = 0; i < s->threads.count; i++) {
        s->threads.items[i]->seen = look_at_thread(s, s->threads.items[i], gil_changed);
    }
    for (int i = 0; i < s->threads.count; i++) {
        struct tl_thread *thread = s->threads.items[i];
        if (!thread->seen || !is_current(s, thread)) {
            end_run(s, thread); // else it would come after what another thread state tells of the same thread
        } else {
            add_sample(s, thread, tl_sched_look(s->sched, thread->slot));
        }
    }
}

// ---- the whole process ----

static void tell_cpu(struct tl_session *s, struct tl_thread *thread)
{
    uint64_t cpu, delay;
    if (thread->ran && tl_sched_times(s->sched, thread->slot, &cpu, &delay)) {
        tl_add_cpu(s->filling, thread->number, s->now, (int64_t)cpu, (int64_t)delay);
        thread->ran = false;
        if (thread->first_cpu < 0) {
            thread->first_cpu = (int64_t)cpu;
        } else if ((int64_t)cpu > thread->first_cpu) {
            tl_sched_has_run(s->sched, thread->slot);
        }
    }
}

static void thread_came(void *context, struct tl_thread *thread)
{
    struct tl_session *s = context;
    thread->place = TL_PLACE_GONE;  // not looked at yet
    tl_add_thread(s->filling, thread->number, thread->tid, (int64_t)thread->ident, thread->start, -1);
    thread->ran = true;
    thread->first_cpu = -1;
    tell_cpu(s, thread);  // what its figures start from
    if (!thread->doubled) {
        tl_sched_begin_slices(s->sched, thread->slot, thread->number, tl_now());
    }
}

// Where the thread goes on in another thread state, that one tells its slices from now on.
static void end_slices(struct tl_session *s, const struct tl_thread *thread)
{
    bool goes_on = tl_sched_end_slices(s->sched, thread->slot) && thread->doubled;
    for (int i = 0; goes_on && i < s->threads.count; i++) {
        const struct tl_thread *other = s->threads.items[i];
        if (other != thread && other->number == thread->number) {
            tl_sched_begin_slices(s->sched, other->slot, other->number, tl_now());
            return;
        }
    }
}

static void thread_went(void *context, struct tl_thread *thread)
{
    struct tl_session *s = context;
    end_run(s, thread);
    tl_wait_tell(&thread->wait, s->filling, thread->number, s->now);
    end_slices(s, thread);
    if (!thread->doubled) {
        tell_cpu(s, thread);
        tl_add_thread(s->filling, thread->number, thread->tid, (int64_t)thread->ident, thread->start, s->now);
    }
}

static uint64_t heads_sum(const struct tl_interpreters *interpreters)
{
    uint64_t sum = (uint64_t)interpreters->count;
    for (int i = 0; i < interpreters->count; i++) {
        sum = sum * 31 + interpreters->items[i].threads_head;
    }
    return sum;
}

static void update_threads(struct tl_session *s)
{
    static const struct tl_threads_owner callbacks = {.came = thread_came, .went = thread_went};
    struct tl_threads_owner owner = callbacks;
    owner.context = s;
    bool whole = tl_threads_update(&s->threads, &s->target, &s->interpreters, s->sched, s->now, &owner);
    s->list_tries = s->threads.expecting || !whole ? s->list_tries + 1 : 0;
    s->list_due = s->list_tries > 0 && s->list_tries < LIST_TRIES;
    s->next_list = s->now + LIST_EVERY_NS;
}

static void watch_pause(struct tl_session *s, struct tl_pause_seen *pause, bool on, int8_t kind, const struct tl_thread *by)
{
    if (on && !pause->start) {
        *pause = (struct tl_pause_seen){.start = s->now, .thread = -1, .stack = -1};
    }
    if (on && by && pause->thread < 0) {
        pause->thread = by->number;
        pause->stack = by->stack_known ? by->trace.stack : -1;
    }
    if (!on && pause->start) {
        tl_add_pause(s->filling, pause->start, s->now, kind, pause->thread, pause->stack);
        pause->start = 0;
    }
}

static void watch_pauses(struct tl_session *s)
{
    bool stopped = false, collecting = false;
    int attached = 0;
    const struct tl_thread *attached_one = NULL;
    const struct tl_thread *requester = NULL;
    for (int i = 0; i < s->threads.count; i++) {
        const struct tl_thread *thread = s->threads.items[i];
        stopped = stopped || thread->state == TL_STATE_PAUSED;
        if (thread->state == TL_STATE_PAUSED && s->interpreters.world == 0 && s->world_tries < WORLD_TRIES) {
            bool asked = thread->state_memo.kind == TL_KIND_PAUSE_REQUEST;
            s->world_tries++;
            tl_interpreters_learn_world(&s->target, &s->interpreters, thread->interp, asked ? thread->state_memo.park.address : 0);
        }
        if (thread->attachment == TL_ATTACHED) {
            attached++;
            attached_one = thread;
        }
    }
    for (int i = 0; i < s->interpreters.count; i++) {
        const struct tl_interpreter *interp = &s->interpreters.items[i];
        collecting = collecting || interp->collecting != 0;
        stopped = stopped || interp->stopping;
        requester = interp->requester ? tl_thread_of_state(&s->threads, interp->requester) : requester;
    }
    // While the world is stopped, whoever is still attached is the one who stopped it; with the GIL on, the one who has it.
    const struct tl_thread *by = requester ? requester : attached == 1 && (stopped || s->gil_seen) ? attached_one : NULL;
    watch_pause(s, &s->stopped, stopped, PAUSE_STOPPED, by);
    watch_pause(s, &s->collecting, collecting, PAUSE_COLLECTING, by);
}

static bool watch_gil(struct tl_session *s)
{
    bool enabled = s->interpreters.items[0].gil_for_good;
    for (int i = 0; i < s->interpreters.count; i++) {
        if (s->interpreters.items[i].addr == s->target.main_interp) {
            enabled = s->interpreters.items[i].gil_for_good;
        }
    }
    bool changed = s->gil_seen >= 0 && s->gil_seen != (int)enabled;
    if (changed) {
        tl_add_event(s->filling, s->now, TL_EVENT_GIL, enabled);
    }
    s->gil_seen = enabled;
    return changed;
}

static void tell_off(struct tl_session *s, enum tl_off feature, bool works)
{
    if (!works && !s->told_off[feature]) {
        s->told_off[feature] = true;
        tl_add_event(s->filling, s->now, TL_EVENT_FEATURE, feature);
    }
}

// Once a batch, of the main interpreter's GIL.
static void tell_gil_switches(struct tl_session *s)
{
    for (int i = 0; i < s->interpreters.count; i++) {
        const struct tl_interpreter *interp = &s->interpreters.items[i];
        if (interp->addr == s->target.main_interp && interp->gil_enabled) {
            tl_add_event(s->filling, s->now, TL_EVENT_GIL_SWITCHES, (int64_t)interp->gil_switches);
        }
    }
}

void tl_session_tick(struct tl_session *s, int32_t missed)
{
    int64_t now = tl_now();
    s->now = now > s->now ? now : s->now + 1;
    s->missed += missed;
    s->counters.missed_ticks += missed;
    uint64_t heads = heads_sum(&s->interpreters);
    switch (tl_interpreters_read(&s->target, &s->interpreters)) {
    case TL_SEEN_END:
        s->alive = false;
        return;
    case TL_SEEN_NOTHING:
        s->missed++;
        s->counters.missed_ticks++;
        return;
    case TL_SEEN:
        break;
    }
    if (s->list_due || s->now >= s->next_list || heads != heads_sum(&s->interpreters)) {
        update_threads(s);
    }
    tl_add_tick(s->filling, s->now, s->missed);
    s->missed = 0;
    bool gil_changed = watch_gil(s);
    tl_sched_tick(s->sched, s->now);
    look_at_threads(s, gil_changed);
    watch_pauses(s);
    tl_watch_tick(&s->watch, s->filling, &s->threads, s->sched, &s->interpreters, s->now);
    if (s->refcounts) {
        tl_refcounts_tick(s->refcounts);
    }
    s->tick++;
}

void tl_session_meet(struct tl_session *s)
{
    s->now = tl_now();
    if (tl_interpreters_read(&s->target, &s->interpreters) == TL_SEEN) {
        update_threads(s);
    }
}

void tl_session_hand_over(struct tl_session *s)
{
    for (int i = 0; i < s->threads.count; i++) {
        end_run(s, s->threads.items[i]);
        tell_cpu(s, s->threads.items[i]);
    }
    tl_watch_hand_over(&s->watch, s->filling, &s->threads, s->now);
    if (s->refcounts) {
        tl_refcounts_tell(s->refcounts, s->filling, s->now);
    }
    tl_sched_tell_slices(s->sched, s->filling, s->now - SETTLED_NS);
    tell_gil_switches(s);
    tell_off(s, TL_OFF_WAITS, tl_parking_is_known(s->parking));
    tell_off(s, TL_OFF_HOLDERS, tl_codes_know_blocks(s->codes));
    if (s->lost_samples) {
        tl_add_event(s->filling, s->now, TL_EVENT_LOST, s->lost_samples);
        s->lost_samples = 0;
    }
    s->taken = s->filling;
    s->filling = &s->batches[s->filling == &s->batches[0]];
    tl_batch_clear(s->filling);
    tl_stacks_into(s->stacks, s->filling);
}
