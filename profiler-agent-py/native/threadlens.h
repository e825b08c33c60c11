// The library as Python sees it. One session looks into one process; all calls on it come from one thread.
#ifndef TL_THREADLENS_H
#define TL_THREADLENS_H

#include "batch.h"

#include <sys/types.h>

#pragma GCC visibility push(default)

struct tl_session;

struct tl_counters {
    int64_t missed_ticks;
    int64_t samples;
    int64_t torn_samples;
    int64_t trimmed_samples;
};

// Finds the interpreter in a process. NULL with *fault (enum tl_fault) and one line in `error`.
struct tl_session *tl_open(pid_t pid, int *fault, char *error, size_t error_size);

// Also ends the sampling.
void tl_close(struct tl_session *session);

// Lines "name=text": what works ("ok") and what does not, in words.
const char *tl_features(struct tl_session *session);

// Leaves reference counts alone: what looking at them costs is saved. Before the first tick.
void tl_leave_refcounts(struct tl_session *session);

// Features that may turn out not to work while the sampling goes on: the values of TL_EVENT_FEATURE.
enum tl_off { TL_OFF_WAITS, TL_OFF_HOLDERS };

// Why such a feature is off.
const char *tl_why_off(int feature);

// Begins to sample on a thread of the library's own. 0 or an errno.
int tl_start(struct tl_session *session, double rate_hz);

// One tick, in the calling thread, instead of tl_start. False when the target has ended.
int tl_tick(struct tl_session *session);

void tl_set_rate(struct tl_session *session, double rate_hz);
void tl_pause(struct tl_session *session, int paused);

// Ends the sampling; what was sampled can still be taken.
void tl_stop(struct tl_session *session);

// True until the target was seen to have ended or to run another program.
int tl_alive(struct tl_session *session);

// What was sampled since the last call; never NULL. It holds until the next one. Waits for the end of a tick, and at a low
// rate or in a pause for up to 50 ms.
const struct tl_batch *tl_take(struct tl_session *session, struct tl_counters *counters);

#pragma GCC visibility pop

#endif
