#include "waits.h"

// A thread that is woken and has to wait on (a timed wait for the GIL, say) blocks anew and waits for the same; so does one that spins.
// Where the interpreter keeps the start, that settles it.
static bool goes_on(const struct tl_wait *wait, const struct tl_waiting *seen)
{
    return wait->lock == seen->lock && (!wait->exact || seen->start == 0 || seen->start == wait->start);
}

void tl_wait_see(struct tl_wait *wait, struct tl_batch *batch, int32_t thread, const struct tl_waiting *seen, int64_t now)
{
    bool exact = seen->start > 0 && seen->start <= now;
    if (wait->lock >= 0 && !goes_on(wait, seen)) {
        // The next one began between two ticks, so this one was over by then.
        tl_wait_tell(wait, batch, thread, exact && seen->start > wait->start ? seen->start : now);
        wait->lock = -1;
    }
    if (wait->lock < 0 && seen->lock >= 0) {
        *wait = (struct tl_wait){.lock = seen->lock, .start = exact ? seen->start : now, .stack = seen->stack, .exact = exact};
    } else if (wait->lock >= 0 && !wait->exact && !wait->told && exact && seen->start < wait->start) {
        wait->start = seen->start; // it was seen to spin first, and has parked since
        wait->exact = true;
    }
}

void tl_wait_tell(struct tl_wait *wait, struct tl_batch *batch, int32_t thread, int64_t now)
{
    if (wait->lock >= 0 && wait->start <= now) {
        tl_add_wait(batch, thread, wait->start, now, wait->lock, wait->stack);
        wait->told = true;
    }
}
