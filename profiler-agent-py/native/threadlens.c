// The library's face: opening and closing, what was found out, and taking what was sampled.
#include "session.h"

#include <stdio.h>
#include <stdlib.h>

static bool prepare(struct tl_session *s)
{
    s->alive = true;
    s->gil_seen = -1;
    s->list_due = true;
    s->filling = &s->batches[0];
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->handed_over, NULL);
    s->sched = tl_sched_open(s->target.pid);
    s->types = tl_types_open(&s->target);
    bool watching = s->types && tl_watch_open(&s->watch, &s->target, s->types);
    s->refcounts = s->target.free_threaded ? tl_refcounts_open(&s->target, s->types) : NULL;
    s->contended = s->watch.locks ? tl_contended_open(&s->target, s->types, s->watch.locks) : NULL;
    s->parking = s->types ? tl_parking_open(&s->target, s->types) : NULL;
    s->unwinder = tl_unwinder_new(&s->target);
    s->stacks = tl_stacks_new();
    s->codes = s->stacks ? tl_codes_new(&s->target, s->stacks) : NULL;
    if (!watching || !s->sched || !s->contended || !s->parking || !s->unwinder || !s->codes) {
        return false;
    }
    tl_stacks_into(s->stacks, s->filling);
    // Meet the threads now: only then is it known what the kernel lets us see of them, and the features can be told.
    tl_session_meet(s);
    return true;
}

struct tl_session *tl_open(pid_t pid, int *fault, char *error, size_t error_size)
{
    struct tl_session *s = calloc(1, sizeof *s);
    *fault = TL_FAILED;
    if (!s) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    *fault = (int)tl_target_open(&s->target, pid, error, error_size);
    if (*fault != TL_OK) {
        free(s);
        return NULL;
    }
    if (!prepare(s)) {
        *fault = TL_FAILED;
        snprintf(error, error_size, "process %d ended, or memory is short", (int)pid);
        tl_close(s);
        return NULL;
    }
    return s;
}

void tl_close(struct tl_session *s)
{
    tl_stop(s);
    tl_threads_free(&s->threads);
    tl_codes_free(s->codes);
    tl_stacks_free(s->stacks);
    tl_unwinder_free(s->unwinder);
    tl_watch_close(&s->watch);
    tl_contended_close(s->contended);
    tl_refcounts_close(s->refcounts);
    if (s->parking) {
        tl_parking_close(s->parking);
    }
    tl_types_close(s->types);
    if (s->sched) {
        tl_sched_close(s->sched);
    }
    tl_batch_free(&s->batches[0]);
    tl_batch_free(&s->batches[1]);
    pthread_cond_destroy(&s->handed_over);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void tl_leave_refcounts(struct tl_session *s)
{
    pthread_mutex_lock(&s->lock);
    tl_refcounts_close(s->refcounts);
    s->refcounts = NULL;
    pthread_mutex_unlock(&s->lock);
}

const char *tl_features(struct tl_session *s)
{
    pthread_mutex_lock(&s->lock);
    const char *refcounts = s->refcounts ? "ok" : s->target.free_threaded ? "turned off" : "a GIL build counts references without contention";
    snprintf(s->features, sizeof s->features,
             "stacks=ok\nlines=ok\nstates=ok\nwaits=%s\nholders=%s\nrefcounts=%s\nswitches=%s\ngil=ok\npauses=ok\n",
             tl_parking_is_known(s->parking) ? "ok" : tl_why_off(TL_OFF_WAITS),
             tl_codes_know_blocks(s->codes) ? "ok" : tl_why_off(TL_OFF_HOLDERS), refcounts, tl_sched_switches(s->sched));
    pthread_mutex_unlock(&s->lock);
    return s->features;
}

const char *tl_why_off(int feature)
{
    return feature == TL_OFF_WAITS ? "the parking lot of this interpreter is not laid out as expected"
                                   : "the exception tables of this interpreter are not where they are expected";
}

int tl_alive(struct tl_session *s)
{
    pthread_mutex_lock(&s->lock);
    bool alive = s->alive;
    pthread_mutex_unlock(&s->lock);
    return alive;
}

const struct tl_batch *tl_take(struct tl_session *s, struct tl_counters *counters)
{
    pthread_mutex_lock(&s->lock);
    bool served_by_sampler = s->wanted = s->sampling;
    while (s->wanted && s->sampling) {
        pthread_cond_wait(&s->handed_over, &s->lock);
    }
    if (s->wanted || !served_by_sampler) {
        tl_session_hand_over(s);
        s->wanted = false;
    }
    *counters = s->counters;
    const struct tl_batch *taken = s->taken;
    pthread_mutex_unlock(&s->lock);
    return taken;
}
