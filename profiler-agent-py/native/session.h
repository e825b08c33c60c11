// One look at all threads, over and over: what a session holds and what a tick does with it. How often and on which
// thread is the business of clock.c.
#ifndef TL_SESSION_H
#define TL_SESSION_H

#include "contended.h"
#include "refcounts.h"
#include "threadlens.h"
#include "threads.h"
#include "watch.h"

#include <pthread.h>

// A pause that is under way: the world stopped, or garbage being collected.
struct tl_pause_seen {
    int64_t start;     // 0: none
    int32_t thread;
    int32_t stack;
};

struct tl_session {
    struct tl_target target;
    struct tl_sched *sched;
    struct tl_types *types;
    struct tl_parking *parking;
    struct tl_contended *contended;
    struct tl_watch watch;
    struct tl_refcounts *refcounts;  // NULL in GIL builds, and when they are left alone
    struct tl_unwinder *unwinder;
    struct tl_stacks *stacks;
    struct tl_codes *codes;
    struct tl_interpreters interpreters;
    struct tl_threads threads;
    bool alive;
    int gil_seen;              // -1 before the first tick
    struct tl_pause_seen stopped, collecting;
    int world_tries;
    bool told_off[2];          // by enum tl_off
    int32_t missed;            // ticks that were due since the last one
    int32_t tick;              // number of the next tick
    int64_t now;               // when the present tick began
    int64_t next_list;         // when the thread list is walked again at the latest
    int list_tries;            // walks in a row that were expecting a thread
    bool list_due;
    struct tl_counters counters;
    int64_t lost_samples;      // since the last batch was taken: nobody took them in time
    struct tl_batch batches[2];
    struct tl_batch *filling;
    char features[1024];

    pthread_mutex_t lock;      // held during a tick, and otherwise for moments only: a taker that loses its core must not
                               // keep the sampler waiting
    pthread_cond_t handed_over;
    bool sampling;             // the library's thread is at work
    bool wanted;               // somebody waits for it to hand over a batch
    const struct tl_batch *taken;
    pthread_t thread;
    bool running;
    bool stop;
    bool paused;
    double period_ns;
};

int64_t tl_now(void);

// Meets the threads, without looking at them. With the lock held, as for the others.
void tl_session_meet(struct tl_session *session);

// Looks at all threads. `missed` ticks were due before it and were not taken.
void tl_session_tick(struct tl_session *session, int32_t missed);

// Completes the batch with what was held back, the runs under way and the CPU time of threads that ran, and puts it into
// `taken`; the other one is filled from now on.
void tl_session_hand_over(struct tl_session *session);

#endif
