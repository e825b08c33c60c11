// When to look: the thread that ticks at a steady rate, and the calls that steer it.
#define _GNU_SOURCE
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Looking takes at most this share of the time between ticks; a target too large for the rate is looked at less often.
#define MOST_OF_THE_TIME 0.5

// How soon a paused or slow sampler notices that it is to stop, or to hand over.
#define LONGEST_SLEEP_NS 50000000

#define PREFERRED_NICE (-10)
#define SHORTEST_SLICE_NS 100000

static void sleep_until(int64_t when)
{
    struct timespec at = {.tv_sec = when / 1000000000, .tv_nsec = when % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR) {
    }
}

// The kernel's `struct sched_attr` (sched_setattr(2)), in its first published size.
struct scheduling {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};

// A sampler that gets its core late misses ticks. From Linux 6.12 on, a thread that asks for short slices is given its
// core sooner, and anybody may ask; older kernels take no notice. More weight costs the threads it shares the cores
// with nothing, as it hardly runs; where it is not allowed, it goes without.
static void prefer_this_thread(void)
{
    prctl(PR_SET_TIMERSLACK, 1);
    prctl(PR_SET_NAME, "tl-sampler");
    struct scheduling scheduling = {.size = sizeof scheduling, .runtime = SHORTEST_SLICE_NS};
    if (setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), PREFERRED_NICE) == 0) {
        scheduling.nice = PREFERRED_NICE;
    }
    syscall(SYS_sched_setattr, 0, &scheduling, 0);
}

static void *sample(void *argument)
{
    struct tl_session *s = argument;
    prefer_this_thread();
    int64_t due = tl_now();
    pthread_mutex_lock(&s->lock);
    while (!s->stop && s->alive) {
        int64_t now = tl_now();
        int64_t period = (int64_t)s->period_ns;
        int64_t wake = due;
        if (s->paused) {
            due = wake = now + period;
        } else if (now >= due) {
            int32_t missed = (int32_t)((now - due) / period);
            tl_session_tick(s, missed);
            due += ((int64_t)missed + 1) * period;
            // Deadlines stay on the grid: one that passes while the target is left alone is missed, and counted.
            int64_t end = tl_now();
            int64_t rested = end + (int64_t)((double)(end - now) * (1 / MOST_OF_THE_TIME - 1));
            wake = due > rested ? due : rested;
        }
        if (s->wanted) {
            tl_session_hand_over(s);
            s->wanted = false;
            pthread_cond_signal(&s->handed_over);
        }
        pthread_mutex_unlock(&s->lock);
        sleep_until(wake < now + LONGEST_SLEEP_NS ? wake : now + LONGEST_SLEEP_NS);
        pthread_mutex_lock(&s->lock);
    }
    s->sampling = false;
    pthread_cond_signal(&s->handed_over);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

int tl_start(struct tl_session *s, double rate_hz)
{
    tl_set_rate(s, rate_hz);
    // The process that hosts the library handles its signals elsewhere.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    s->sampling = true;
    int failed = pthread_create(&s->thread, NULL, sample, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    s->running = failed == 0;
    if (failed) {
        s->sampling = false;
    }
    return failed;
}

int tl_tick(struct tl_session *s)
{
    pthread_mutex_lock(&s->lock);
    if (s->alive) {
        tl_session_tick(s, 0);
    }
    bool alive = s->alive;
    pthread_mutex_unlock(&s->lock);
    return alive;
}

void tl_set_rate(struct tl_session *s, double rate_hz)
{
    pthread_mutex_lock(&s->lock);
    s->period_ns = 1e9 / (rate_hz < 1 ? 1 : rate_hz > 20000 ? 20000 : rate_hz);
    pthread_mutex_unlock(&s->lock);
}

void tl_pause(struct tl_session *s, int paused)
{
    pthread_mutex_lock(&s->lock);
    s->paused = paused != 0;
    pthread_mutex_unlock(&s->lock);
}

void tl_stop(struct tl_session *s)
{
    if (!s->running) {
        return;
    }
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    s->running = false;
}
