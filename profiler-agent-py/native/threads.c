#include "threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "namespaces.h"

#define MAX_THREADS 8192

// Field 22 of /proc/PID/task/TID/stat, 0 when there is none: tells a thread from a later one with the same id.
static uint64_t kernel_start(pid_t pid, pid_t tid)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", (int)pid, (int)tid);
    FILE *file = fopen(path, "re");
    if (!file) {
        return 0;
    }
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = 0;
    char *after_name = strrchr(text, ')');
    unsigned long long start = 0;
    if (after_name) {
        sscanf(after_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &start);
    }
    return start;
}

static bool remember(struct tl_threads *threads, struct tl_thread *thread)
{
    if (threads->count == threads->capacity) {
        int capacity = threads->capacity ? threads->capacity * 2 : 64;
        struct tl_thread **items = realloc(threads->items, (size_t)capacity * sizeof *items);
        if (!items) {
            return false;
        }
        threads->items = items;
        threads->capacity = capacity;
    }
    threads->items[threads->count++] = thread;
    return true;
}

// Another thread state of the same thread.
static struct tl_thread *double_of(const struct tl_threads *threads, const struct tl_thread *thread)
{
    for (int i = 0; i < threads->count; i++) {
        struct tl_thread *other = threads->items[i];
        if (other != thread && other->tid == thread->tid && other->start_ticks == thread->start_ticks) {
            return other;
        }
    }
    return NULL;
}

static void give_number(struct tl_threads *threads, struct tl_thread *thread, int64_t now)
{
    struct tl_thread *known = double_of(threads, thread);
    if (known) {
        known->doubled = thread->doubled = true;
        thread->number = known->number;
        thread->start = known->start;
        return;
    }
    for (size_t i = 0; i < sizeof threads->left / sizeof *threads->left; i++) {
        if (threads->left[i].tid == thread->tid && threads->left[i].start_ticks == thread->start_ticks) {
            thread->number = threads->left[i].number;
            thread->start = threads->left[i].start;
            threads->left[i].tid = 0;
            return;
        }
    }
    thread->number = threads->next_number++;
    thread->start = now;
}

static void free_thread(struct tl_thread *thread)
{
    tl_trace_memo_free(&thread->trace_memo);
    free(thread);
}

// False when the kernel does not know the thread (yet, or any more).
static bool came(struct tl_threads *threads, const struct tl_target *target, struct tl_sched *sched, uint64_t interp,
                 uint64_t tstate, const uint8_t *head, int64_t now, const struct tl_threads_owner *owner)
{
    const struct tl_offsets *o = &target->offsets;
    pid_t inner_tid = (pid_t)tl_u64(head + o->thread.native_thread_id);
    pid_t tid = tl_outer_tid(target->pid, inner_tid);
    uint64_t start_ticks = tid ? kernel_start(target->pid, tid) : 0;
    int slot = start_ticks ? tl_sched_add(sched, tid) : -1;
    if (slot < 0) {
        return false;
    }
    struct tl_thread *thread = calloc(1, sizeof *thread);
    if (!thread || !remember(threads, thread)) {
        free(thread);
        tl_sched_remove(sched, slot);
        return false;
    }
    thread->tid = tid;
    thread->inner_tid = inner_tid;
    thread->tstate = tstate;
    thread->id = tl_u64(head + o->thread.id);
    thread->ident = tl_u64(head + o->thread.thread_id);
    thread->interp = interp;
    thread->start_ticks = start_ticks;
    thread->slot = slot;
    thread->listed = true;
    thread->wait.lock = -1;
    give_number(threads, thread, now);
    owner->came(owner->context, thread);
    return true;
}

static void went(struct tl_threads *threads, int i, struct tl_sched *sched, const struct tl_threads_owner *owner)
{
    struct tl_thread *thread = threads->items[i];
    thread->doubled = double_of(threads, thread) != NULL;
    owner->went(owner->context, thread);
    if (!thread->doubled) {
        int slot = threads->left_next++ % (int)(sizeof threads->left / sizeof *threads->left);
        threads->left[slot].tid = thread->tid;
        threads->left[slot].start_ticks = thread->start_ticks;
        threads->left[slot].start = thread->start;
        threads->left[slot].number = thread->number;
    }
    tl_sched_remove(sched, thread->slot);
    free_thread(thread);
    memmove(&threads->items[i], &threads->items[i + 1], (size_t)(threads->count - i - 1) * sizeof *threads->items);
    threads->count--;
}

// The list is in the order of arrival and the target's the other way round, so the next one is mostly just before.
static struct tl_thread *find(struct tl_threads *threads, uint64_t tstate, uint64_t id, pid_t inner_tid, int *cursor)
{
    for (int tried = 0; tried < threads->count; tried++) {
        *cursor = *cursor > 0 ? *cursor - 1 : threads->count - 1;
        struct tl_thread *thread = threads->items[*cursor];
        if (thread->tstate == tstate && thread->id == id && thread->inner_tid == inner_tid) {
            return thread;
        }
    }
    return NULL;
}

static bool walk(struct tl_threads *threads, const struct tl_target *target, const struct tl_interpreter *interp,
                 struct tl_sched *sched, int64_t now, const struct tl_threads_owner *owner)
{
    const struct tl_offsets *o = &target->offsets;
    uint8_t head[o->thread.head];
    uint64_t tstate = interp->threads_head;
    int cursor = threads->count;
    for (int seen = 0; tstate; seen++) {
        if (seen == MAX_THREADS || tl_read(&target->memory, tstate, head, o->thread.head) != 0
            || tl_u64(head + o->thread.interp) != interp->addr) {
            return false;
        }
        pid_t tid = (pid_t)tl_u64(head + o->thread.native_thread_id);
        struct tl_thread *thread = find(threads, tstate, tl_u64(head + o->thread.id), tid, &cursor);
        if (thread) {
            thread->listed = true;
        } else if (tid > 0 && came(threads, target, sched, interp->addr, tstate, head, now, owner)) {
            cursor = threads->count;
        } else {
            threads->expecting = true;
        }
        tstate = tl_u64(head + o->thread.next);
    }
    // A list that began elsewhere by the end of the walk may have been left by the thread that was followed.
    return tl_read_pointer(&target->memory, interp->addr + o->interp.threads_head) == interp->threads_head;
}

bool tl_threads_update(struct tl_threads *threads, const struct tl_target *target,
                       const struct tl_interpreters *interpreters, struct tl_sched *sched, int64_t now,
                       const struct tl_threads_owner *owner)
{
    for (int i = 0; i < threads->count; i++) {
        threads->items[i]->listed = false;
    }
    threads->expecting = false;
    bool whole = true;
    for (int i = 0; i < interpreters->count; i++) {
        whole = walk(threads, target, &interpreters->items[i], sched, now, owner) && whole;
    }
    if (!whole) {
        return false;
    }
    for (int i = threads->count - 1; i >= 0; i--) {
        if (!threads->items[i]->listed) {
            went(threads, i, sched, owner);
        }
    }
    for (int i = 0; i < threads->count; i++) {
        threads->items[i]->doubled = interpreters->count > 1 && double_of(threads, threads->items[i]);
    }
    return true;
}

const struct tl_thread *tl_thread_of_state(const struct tl_threads *threads, uint64_t tstate)
{
    for (int i = 0; i < threads->count; i++) {
        if (threads->items[i]->tstate == tstate) {
            return threads->items[i];
        }
    }
    return NULL;
}

void tl_threads_free(struct tl_threads *threads)
{
    for (int i = 0; i < threads->count; i++) {
        free_thread(threads->items[i]);
    }
    free(threads->items);
    *threads = (struct tl_threads){0};
}
