#define _GNU_SOURCE
#include "scheduler.h"

#include "switches.h"
#include "task_files.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// A thread that lost its core this short a time before the sampling thread got the same one was pushed off by it: both happen in one
// pass of the kernel's scheduler.
#define PUSHED_WITHIN_NS 20000

// How many blocked threads a tick asks whether they have been woken, while cores are short.
#define WOKEN_CHECKS 8

struct slot {
    bool used;
    bool settled;       // the look holds until the ring moves (or, without a ring, until the thread gets a core)
    struct tl_look look;
    struct tl_ring ring;
    uint64_t head;      // of the ring, at the look
    struct tl_stay stay;
    int64_t lived;      // the last tick at which it was seen to live, on a core
    struct tl_task_files files;
    struct tl_task_times times; // at the look; only kept for a thread without a ring
    uint64_t arrived;   // estimate: the tick at which it was last seen to have got a core
};

struct tl_sched {
    pid_t pid;
    struct tl_task_dir dir;
    struct slot *slots;
    int used;      // slots in use
    int high;      // slots ever in use: the ones to go through
    int capacity;
    int exact;     // slots in use that have a ring
    int refusal;   // errno of the last ring that could not be had, 0 none
    uint64_t ticks;
    int64_t now;   // of the last tick

    pthread_t sampler;    // the thread that the ring below belongs to
    struct tl_ring own;   // of the sampling thread
    struct tl_switch got_core; // when it last got its core
    bool got_core_known;

    uint64_t process_cpu; // CPU time of the whole process at the last tick
    int load;             // /proc/loadavg
    int cores;
    int next_check;       // slot to begin the next round of checks with
    struct tl_slices slices;
    char switches[160];
};

struct tl_sched *tl_sched_open(pid_t pid)
{
    struct tl_sched *sched = calloc(1, sizeof *sched);
    if (sched == NULL) {
        return NULL;
    }
    sched->pid = pid;
    sched->cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int error = tl_task_dir_open(&sched->dir, pid);
    if (error != 0) {
        free(sched);
        errno = -error;
        return NULL;
    }
    sched->load = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
    return sched;
}

void tl_sched_close(struct tl_sched *sched)
{
    for (int i = 0; i < sched->high; i++) {
        if (sched->slots[i].used) {
            tl_sched_remove(sched, i);
        }
    }
    tl_ring_close(&sched->own);
    tl_task_dir_close(&sched->dir);
    if (sched->load >= 0) {
        close(sched->load);
    }
    free(sched->slots);
    free(sched);
}

static void set_gone(struct slot *slot)
{
    slot->look.place = TL_PLACE_GONE;
    slot->settled = true;
}

// Takes down what the kernel says about a block. False when the thread is not blocked after all.
static bool look_at_block(struct tl_sched *sched, struct slot *slot)
{
    struct tl_task_call call;
    switch (tl_task_call(&sched->dir, &slot->files, &call)) {
    case TL_TASK_RUNNING:
        return false;
    case TL_TASK_GONE:
        set_gone(slot);
        return true;
    case TL_TASK_REFUSED: {
        struct tl_task_stat stat;
        if (tl_task_stat(&sched->dir, &slot->files, &stat) == TL_TASK_OK && stat.letter == 'R') {
            return false;
        }
        call = (struct tl_task_call){.number = TL_CALL_SECRET};
        break;
    }
    case TL_TASK_OK:
        break;
    }
    struct tl_look *look = &slot->look;
    // A wait that a signal or a stop interrupted goes on as another system call, with the registers of the first.
    bool resumed = call.number == SYS_restart_syscall && call.sp == look->sp && memcmp(call.args, look->args, sizeof call.args) == 0;
    look->place = TL_PLACE_BLOCKED;
    look->block++;
    look->call = resumed ? look->call : call.number;
    memcpy(look->args, call.args, sizeof look->args);
    look->sp = call.sp;
    slot->settled = true;
    return true;
}

static bool pushed_by_us(const struct tl_sched *sched, const struct tl_switch *last)
{
    return sched->got_core_known && last->core == sched->got_core.core && last->time <= sched->got_core.time &&
           sched->got_core.time - last->time < PUSHED_WITHIN_NS;
}

// A thread that has not switched since its ring was opened: /proc must say where it is.
static void look_before_first_switch(struct tl_sched *sched, struct slot *slot)
{
    if (look_at_block(sched, slot)) {
        return;
    }
    struct tl_task_stat stat;
    if (tl_task_stat(&sched->dir, &slot->files, &stat) != TL_TASK_OK) {
        set_gone(slot);
        return;
    }
    slot->look.place = TL_PLACE_CORE;
    slot->look.core = stat.core;
    slot->look.exact = false;
    slot->settled = false;
}

static void look_at_ring(struct tl_sched *sched, struct slot *slot)
{
    struct tl_look *look = &slot->look;
    uint64_t head = tl_ring_head(&slot->ring);
    look->ran = head != slot->head || look->place == TL_PLACE_CORE;
    if (head == slot->head && slot->settled) {
        return;
    }
    // Reading /proc takes longer than a short wait: when the thread has moved meanwhile, what was read may be of its next wait.
    for (int tries = 0; tries < 3; tries++) {
        struct tl_switch last;
        slot->head = head;
        look->exact = true;
        if (!tl_ring_read(&slot->ring, head, &last)) {
            look_before_first_switch(sched, slot);
        } else {
            look->core = last.core;
            slot->settled = true;
            if (last.kind == TL_SWITCH_IN) {
                look->place = TL_PLACE_CORE;
            } else if (last.kind == TL_SWITCH_PREEMPTED && pushed_by_us(sched, &last)) {
                look->place = TL_PLACE_CORE;
                slot->settled = false; // if it is still off its core at the next tick, it is not because of us
            } else if (last.kind == TL_SWITCH_PREEMPTED || !look_at_block(sched, slot)) {
                look->place = TL_PLACE_READY;
            }
        }
        head = tl_ring_head(&slot->ring);
        if (head == slot->head) {
            return;
        }
    }
    slot->head = head;
    slot->settled = false;
}

static void look_without_ring(struct tl_sched *sched, struct slot *slot)
{
    struct tl_look *look = &slot->look;
    struct tl_task_times times;
    enum tl_task_answer answer = tl_task_times(&sched->dir, &slot->files, &times);
    if (answer == TL_TASK_GONE) {
        set_gone(slot);
        return;
    }
    bool moved = answer != TL_TASK_OK || times.turns != slot->times.turns || times.cpu_ns != slot->times.cpu_ns;
    look->ran = moved || look->place != TL_PLACE_BLOCKED;
    look->exact = false;
    if (!moved && slot->settled) {
        return;
    }
    if (answer == TL_TASK_OK) {
        if (times.turns != slot->times.turns) {
            slot->arrived = sched->ticks;
        }
        slot->times = times;
    }
    if (look_at_block(sched, slot)) {
        return;
    }
    struct tl_task_stat stat;
    if (tl_task_stat(&sched->dir, &slot->files, &stat) != TL_TASK_OK) {
        set_gone(slot);
        return;
    }
    look->place = TL_PLACE_READY; // until it is known who has the core
    look->core = stat.core;
    slot->settled = false;
}

// Of the threads without a ring that want a core, gives each core to the one that got there last, if nobody is known to be on it.
static void share_out_cores(struct tl_sched *sched)
{
    for (int i = 0; i < sched->high; i++) {
        struct slot *slot = &sched->slots[i];
        if (!slot->used || tl_ring_is_open(&slot->ring) || slot->look.place != TL_PLACE_READY) {
            continue;
        }
        bool taken = false;
        for (int j = 0; j < sched->high && !taken; j++) {
            const struct slot *other = &sched->slots[j];
            if (j == i || !other->used || other->look.core != slot->look.core) {
                continue;
            }
            taken = other->look.place == TL_PLACE_CORE ||
                    (other->look.place == TL_PLACE_READY && !tl_ring_is_open(&other->ring) && other->arrived > slot->arrived);
        }
        if (!taken) {
            slot->look.place = TL_PLACE_CORE;
        }
    }
}

static void look_at_ourselves(struct tl_sched *sched)
{
    sched->got_core_known = false;
    if (sched->exact == 0) {
        return;
    }
    if (!tl_ring_is_open(&sched->own) || !pthread_equal(sched->sampler, pthread_self())) {
        tl_ring_close(&sched->own);
        sched->sampler = pthread_self();
        if (tl_ring_open(&sched->own, 0) != 0) {
            return;
        }
    }
    uint64_t head = tl_ring_head(&sched->own);
    sched->got_core_known = tl_ring_read(&sched->own, head, &sched->got_core) && sched->got_core.kind == TL_SWITCH_IN;
}

// More threads want to run on this machine than it has cores.
static bool cores_are_short(const struct tl_sched *sched)
{
    char text[64];
    ssize_t got = sched->load < 0 ? -1 : pread(sched->load, text, sizeof text - 1, 0);
    if (got <= 0) {
        return true;
    }
    text[got] = '\0';
    int running = 0; // "0.20 0.18 0.12 3/80 11206"
    return sscanf(text, "%*s %*s %*s %d/", &running) == 1 && running > sched->cores;
}

// Neither source tells when a blocked thread is woken, only when it gets its core. While cores are short the two can be far apart, so a
// few blocked threads are asked in turn.
static void look_for_woken(struct tl_sched *sched)
{
    int left = WOKEN_CHECKS;
    for (int n = 0; n < sched->high && left > 0; n++) {
        if (sched->next_check >= sched->high) {
            sched->next_check = 0;
        }
        struct slot *slot = &sched->slots[sched->next_check++];
        struct tl_task_call call;
        if (!slot->used || slot->look.place != TL_PLACE_BLOCKED) {
            continue;
        }
        left--;
        if (tl_task_call(&sched->dir, &slot->files, &call) == TL_TASK_RUNNING) {
            slot->look.place = TL_PLACE_READY;
            slot->settled = tl_ring_is_open(&slot->ring);
        }
    }
}

// Of another process the kernel tells the CPU time only as a whole, but that to the nanosecond.
static bool process_has_run(struct tl_sched *sched)
{
    clockid_t clock = (clockid_t)((~(unsigned)sched->pid << 3) | 2);
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) {
        return true;
    }
    uint64_t cpu = (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
    bool ran = cpu != sched->process_cpu;
    sched->process_cpu = cpu;
    return ran;
}

void tl_sched_tick(struct tl_sched *sched, int64_t now)
{
    sched->ticks++;
    sched->now = now;
    look_at_ourselves(sched);
    bool estimating = sched->exact < sched->used;
    bool ran = estimating && process_has_run(sched);
    bool blocked = false;
    for (int i = 0; i < sched->high; i++) {
        struct slot *slot = &sched->slots[i];
        if (!slot->used || slot->look.place == TL_PLACE_GONE) {
            continue;
        }
        if (tl_ring_is_open(&slot->ring)) {
            look_at_ring(sched, slot);
            tl_stay_follow(&slot->stay, &slot->ring, slot->head, &sched->slices);
        } else if (ran || !slot->settled) {
            look_without_ring(sched, slot);
        } else {
            slot->look.ran = false;
        }
        blocked |= slot->look.place == TL_PLACE_BLOCKED;
    }
    if (estimating) {
        share_out_cores(sched);
    }
    sched->slices.read_until = now;
    if (blocked && cores_are_short(sched)) {
        look_for_woken(sched);
    }
}

static int free_slot(struct tl_sched *sched)
{
    if (sched->used < sched->high) {
        for (int i = 0; i < sched->high; i++) {
            if (!sched->slots[i].used) {
                return i;
            }
        }
    }
    if (sched->high == sched->capacity) {
        int capacity = sched->capacity == 0 ? 64 : 2 * sched->capacity;
        struct slot *slots = realloc(sched->slots, (size_t)capacity * sizeof *slots);
        if (slots == NULL) {
            return -ENOMEM;
        }
        sched->slots = slots;
        sched->capacity = capacity;
    }
    return sched->high++;
}

int tl_sched_add(struct tl_sched *sched, pid_t tid)
{
    int index = free_slot(sched);
    if (index < 0) {
        return index;
    }
    struct slot *slot = &sched->slots[index];
    *slot = (struct slot){
        .used = true,
        .look = {.place = TL_PLACE_BLOCKED, .core = -1, .call = TL_CALL_SECRET},
        .files = TL_TASK_FILES_CLOSED(tid),
    };
    sched->used++;
    int error = tl_ring_open(&slot->ring, tid);
    if (tl_ring_is_open(&slot->ring)) {
        sched->exact++;
        look_at_ring(sched, slot);
    } else {
        if (error != 0 && error != -ESRCH) {
            sched->refusal = -error;
        }
        look_without_ring(sched, slot);
        share_out_cores(sched);
    }
    slot->look.ran = true;
    return index;
}

void tl_sched_remove(struct tl_sched *sched, int index)
{
    struct slot *slot = &sched->slots[index];
    if (tl_ring_is_open(&slot->ring)) {
        sched->exact--;
    }
    tl_ring_close(&slot->ring);
    tl_task_files_close(&slot->files);
    slot->used = false;
    sched->used--;
}

const struct tl_look *tl_sched_look(const struct tl_sched *sched, int slot)
{
    return &sched->slots[slot].look;
}

bool tl_sched_still(const struct tl_sched *sched, int index)
{
    const struct slot *slot = &sched->slots[index];
    // Before its first switch only a thread that was seen blocked is known not to have run.
    bool known = slot->head != 0 || slot->look.place == TL_PLACE_BLOCKED;
    return tl_ring_is_open(&slot->ring) && known && tl_ring_head(&slot->ring) == slot->head;
}

bool tl_sched_times(struct tl_sched *sched, int slot, uint64_t *cpu_ns, uint64_t *delay_ns)
{
    struct tl_task_times times;
    if (tl_task_times(&sched->dir, &sched->slots[slot].files, &times) != TL_TASK_OK) {
        return false;
    }
    *cpu_ns = times.cpu_ns;
    *delay_ns = times.delay_ns;
    return true;
}

char tl_sched_letter(struct tl_sched *sched, int slot)
{
    struct tl_task_stat stat;
    return tl_task_stat(&sched->dir, &sched->slots[slot].files, &stat) == TL_TASK_OK ? stat.letter : '\0';
}

void tl_sched_begin_slices(struct tl_sched *sched, int index, int32_t thread, int64_t now)
{
    struct slot *slot = &sched->slots[index];
    if (tl_ring_is_open(&slot->ring)) {
        tl_stay_begin(&slot->stay, &slot->ring, thread, now);
    }
}

void tl_sched_has_run(struct tl_sched *sched, int index)
{
    struct slot *slot = &sched->slots[index];
    bool on_core = slot->look.place == TL_PLACE_CORE && slot->look.core >= 0;
    if (slot->stay.kind == TL_STAY_UNKNOWN && on_core && tl_ring_head(&slot->ring) == slot->stay.read) {
        slot->stay.kind = TL_STAY_ON;
        slot->stay.core = slot->look.core;
    }
}

void tl_sched_lives(struct tl_sched *sched, int slot)
{
    sched->slots[slot].lived = sched->now;
}

bool tl_sched_end_slices(struct tl_sched *sched, int index)
{
    struct slot *slot = &sched->slots[index];
    if (slot->stay.kind == TL_STAY_IGNORED) {
        return false;
    }
    tl_stay_follow(&slot->stay, &slot->ring, tl_ring_head(&slot->ring), &sched->slices);
    tl_stay_cut(&slot->stay, &sched->slices, slot->lived);
    slot->stay.kind = TL_STAY_IGNORED;
    return true;
}

void tl_sched_tell_slices(struct tl_sched *sched, struct tl_batch *batch, int64_t until)
{
    for (int i = 0; i < sched->high; i++) {
        struct slot *slot = &sched->slots[i];
        if (slot->used) {
            tl_stay_cut(&slot->stay, &sched->slices, slot->lived < until ? slot->lived : until);
        }
    }
    tl_slices_tell(&sched->slices, batch, until);
}

static const char *why_refused(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "perf_event_open is not permitted here (kernel.perf_event_paranoid above 2, or a container's seccomp filter)";
    case ENOSYS:
    case ENOENT:
        return "this kernel has no perf events";
    case EMFILE:
    case ENFILE:
        return "the limit on open files is reached";
    case ENOMEM:
        return "the limit on locked memory is reached";
    default:
        return strerror(error);
    }
}

const char *tl_sched_switches(struct tl_sched *sched)
{
    if (sched->exact == sched->used && sched->refusal == 0) {
        return "ok";
    }
    const char *why = why_refused(sched->refusal);
    if (sched->exact > 0) {
        snprintf(sched->switches, sizeof sched->switches, "estimated for %d of %d threads: %s", sched->used - sched->exact, sched->used, why);
    } else {
        snprintf(sched->switches, sizeof sched->switches, "estimated: %s", why);
    }
    return sched->switches;
}
