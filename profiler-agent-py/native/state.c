#define _GNU_SOURCE
#include "state.h"

#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>

// ---- roles ----------------------------------------------------------------------------------------------------------------------------

static const struct {
    const char *file, *qualname;
    uint8_t role;
} roles[] = {
    {"threading.py", "Condition.wait", TL_ROLE_CONDITION_WAIT},
    {"threading.py", "Semaphore.acquire", TL_ROLE_SEMAPHORE},
    {"subprocess.py", "Popen._wait", TL_ROLE_CHILD_WAIT},
    {"subprocess.py", "Popen._wait_pidfd", TL_ROLE_CHILD_WAIT},
};

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

// The standard library lives in lib/python3.14t, in python314.zip, or in Lib of a source tree; a module of the same name elsewhere is
// somebody else's.
static bool in_standard_library(const char *file, const char *base)
{
    const char *end = base - 1; // the slash
    const char *start = end;
    while (start > file && start[-1] != '/') {
        start--;
    }
    return starts_with(start, "python3") || starts_with(start, "Lib/");
}

uint8_t tl_state_role(const char *file, const char *qualname)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL || !in_standard_library(file, slash + 1)) {
        return TL_ROLE_NONE;
    }
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strcmp(slash + 1, roles[i].file) == 0 && strcmp(qualname, roles[i].qualname) == 0) {
            return roles[i].role;
        }
    }
    return TL_ROLE_NONE;
}

// ---- system calls ---------------------------------------------------------------------------------------------------------------------


static const struct {
    int32_t call;
    uint8_t state;
} calls[] = {
    // Data, or a connection, or a file, or a device.
    {SYS_read, TL_STATE_IO},
    {SYS_pread64, TL_STATE_IO},
    {SYS_readv, TL_STATE_IO},
    {SYS_preadv, TL_STATE_IO},
    {SYS_preadv2, TL_STATE_IO},
    {SYS_write, TL_STATE_IO},
    {SYS_pwrite64, TL_STATE_IO},
    {SYS_writev, TL_STATE_IO},
    {SYS_pwritev, TL_STATE_IO},
    {SYS_pwritev2, TL_STATE_IO},
    {SYS_sendfile, TL_STATE_IO},
    {SYS_splice, TL_STATE_IO},
    {SYS_tee, TL_STATE_IO},
    {SYS_copy_file_range, TL_STATE_IO},
    {SYS_recvfrom, TL_STATE_IO},
    {SYS_recvmsg, TL_STATE_IO},
    {SYS_recvmmsg, TL_STATE_IO},
    {SYS_sendto, TL_STATE_IO},
    {SYS_sendmsg, TL_STATE_IO},
    {SYS_sendmmsg, TL_STATE_IO},
    {SYS_accept, TL_STATE_IO},
    {SYS_accept4, TL_STATE_IO},
    {SYS_connect, TL_STATE_IO},
    {SYS_openat, TL_STATE_IO},
    {SYS_openat2, TL_STATE_IO},
#ifdef SYS_open
    {SYS_open, TL_STATE_IO},
#endif
    {SYS_close, TL_STATE_IO},
    {SYS_fsync, TL_STATE_IO},
    {SYS_fdatasync, TL_STATE_IO},
    {SYS_sync, TL_STATE_IO},
    {SYS_syncfs, TL_STATE_IO},
    {SYS_sync_file_range, TL_STATE_IO},
    {SYS_msync, TL_STATE_IO},
    {SYS_flock, TL_STATE_IO},
    {SYS_fcntl, TL_STATE_IO},
    {SYS_ioctl, TL_STATE_IO},
    {SYS_io_getevents, TL_STATE_IO},
    {SYS_io_uring_enter, TL_STATE_IO},
    {SYS_getdents64, TL_STATE_IO},
    {SYS_mq_timedreceive, TL_STATE_IO},
    {SYS_mq_timedsend, TL_STATE_IO},
    {SYS_msgrcv, TL_STATE_IO},
    {SYS_msgsnd, TL_STATE_IO},

    // The end, or the start, of another process.
    {SYS_wait4, TL_STATE_SIGNAL},
    {SYS_waitid, TL_STATE_SIGNAL},
    {SYS_clone, TL_STATE_SIGNAL},
    {SYS_clone3, TL_STATE_SIGNAL},
#ifdef SYS_vfork
    {SYS_vfork, TL_STATE_SIGNAL},
#endif

    // Nothing in particular: time, or whichever of many things comes first.
    {SYS_nanosleep, TL_STATE_IDLE},
    {SYS_clock_nanosleep, TL_STATE_IDLE},
    {SYS_pselect6, TL_STATE_IDLE},
#ifdef SYS_select
    {SYS_select, TL_STATE_IDLE},
#endif
    {SYS_epoll_pwait, TL_STATE_IDLE},
#ifdef SYS_epoll_pwait2
    {SYS_epoll_pwait2, TL_STATE_IDLE},
#endif
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, TL_STATE_IDLE},
#endif
#ifdef SYS_pause
    {SYS_pause, TL_STATE_IDLE},
#endif
    {SYS_rt_sigtimedwait, TL_STATE_IDLE},
    {SYS_rt_sigsuspend, TL_STATE_IDLE},

    // The kernel's lock on the address space, or a shortage of memory: in a uninterruptible sleep too, yet not for data.
    {SYS_mmap, TL_STATE_UNKNOWN},
    {SYS_munmap, TL_STATE_UNKNOWN},
    {SYS_mremap, TL_STATE_UNKNOWN},
    {SYS_mprotect, TL_STATE_UNKNOWN},
    {SYS_madvise, TL_STATE_UNKNOWN},
    {SYS_brk, TL_STATE_UNKNOWN},
};

static bool is_poll(int32_t call)
{
#ifdef SYS_poll
    if (call == SYS_poll) {
        return true;
    }
#endif
    return call == SYS_ppoll;
}

static uint8_t state_of_call(struct tl_sched *sched, int slot, const struct tl_look *look)
{
    if (is_poll(look->call)) {
        return look->args[1] == 1 ? TL_STATE_IO : TL_STATE_IDLE; // one descriptor: a socket with a timeout
    }
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (calls[i].call == look->call) {
            return calls[i].state;
        }
    }
    // Of the rest, a page fault among them, those that wait for a disk sleep so that no signal can wake them.
    return tl_sched_letter(sched, slot) == 'D' ? TL_STATE_IO : TL_STATE_UNKNOWN;
}

// ---- states ---------------------------------------------------------------------------------------------------------------------------

// A `_thread.lock` is a notification or a permit where the stack says so.
static enum tl_lock_kind kind_of_lock(const struct tl_state_input *input)
{
    if (!input->roles_known) {
        return TL_KIND_NONE;
    }
    bool in_wait = input->roles[0] == TL_ROLE_CONDITION_WAIT;
    bool wants_permit = input->roles[1] == TL_ROLE_SEMAPHORE;
    return in_wait && wants_permit ? TL_KIND_SEMAPHORE : in_wait ? TL_KIND_CONDITION : TL_KIND_LOCK;
}

static enum tl_lock_kind kind_of_park(const struct tl_park *park, const struct tl_state_input *input)
{
    switch ((enum tl_park_kind)park->kind) {
    case TL_PARK_LOCK:
        return kind_of_lock(input);
    case TL_PARK_RLOCK:
        return TL_KIND_RLOCK;
    case TL_PARK_CRITICAL_SECTION:
        return TL_KIND_CRITICAL_SECTION;
    case TL_PARK_INTERPRETER_LOCK:
        return TL_KIND_INTERPRETER_LOCK;
    case TL_PARK_INTERNAL_LOCK:
        return TL_KIND_INTERNAL_LOCK;
    case TL_PARK_NATIVE_LOCK:
        return TL_KIND_NATIVE_LOCK;
    case TL_PARK_QUEUE:
        return TL_KIND_QUEUE;
    case TL_PARK_EVENT:
        return TL_KIND_JOIN;
    case TL_PARK_NATIVE_SIGNAL:
        return TL_KIND_NATIVE_SIGNAL;
    case TL_PARK_PAUSE:
        return TL_KIND_PAUSE;
    case TL_PARK_PAUSE_REQUEST:
        return TL_KIND_PAUSE_REQUEST;
    case TL_PARK_GIL:
        return TL_KIND_GIL;
    case TL_PARK_UNKNOWN:
        break;
    }
    return TL_KIND_NONE;
}

static uint8_t state_of_kind(enum tl_lock_kind kind)
{
    switch (kind) {
    case TL_KIND_LOCK:
    case TL_KIND_RLOCK:
    case TL_KIND_SEMAPHORE:
    case TL_KIND_CRITICAL_SECTION:
    case TL_KIND_INTERPRETER_LOCK:
    case TL_KIND_INTERNAL_LOCK:
    case TL_KIND_NATIVE_LOCK:
        return TL_STATE_LOCK;
    case TL_KIND_CONDITION:
    case TL_KIND_QUEUE:
    case TL_KIND_JOIN:
    case TL_KIND_NATIVE_SIGNAL:
        return TL_STATE_SIGNAL;
    case TL_KIND_PAUSE:
    case TL_KIND_PAUSE_REQUEST:
        return TL_STATE_PAUSED;
    case TL_KIND_GIL:
        return TL_STATE_GIL;
    case TL_KIND_NONE:
        break;
    }
    return TL_STATE_UNKNOWN;
}

static uint8_t state_of_futex(struct tl_parking *parking, const struct tl_look *look, const struct tl_state_input *input,
                              struct tl_state_memo *memo)
{
    memo->park = tl_parking_find(parking, &input->thread, look);
    memo->kind = (uint8_t)kind_of_park(&memo->park, input);
    if (memo->kind == TL_KIND_CONDITION || memo->kind == TL_KIND_SEMAPHORE) {
        // The lock was made for this one wait; what stays, and has a name, is the Condition.
        memo->park.object = memo->park.address = input->condition;
        memo->park.start = 0;
    }
    return state_of_kind(memo->kind);
}

static uint8_t state_of_block(struct tl_sched *sched, int slot, struct tl_parking *parking, const struct tl_state_input *input,
                              struct tl_state_memo *memo)
{
    const struct tl_look *look = tl_sched_look(sched, slot);
    memo->kind = TL_KIND_NONE;
    if (look->call == SYS_futex) {
        return state_of_futex(parking, look, input, memo);
    }
    uint8_t state = state_of_call(sched, slot, look);
    bool for_child = input->roles_known && input->roles[0] == TL_ROLE_CHILD_WAIT;
    return for_child && (state == TL_STATE_IDLE || state == TL_STATE_IO) ? TL_STATE_SIGNAL : state;
}

// A thread that wants the GIL, or the end of a pause, may wake, look, and wait again. That it is on a core meanwhile does not mean that it
// works: it has not got beyond the instruction where it was seen to wait.
static bool still_waits(const struct tl_state_input *input, const struct tl_state_memo *memo, enum tl_state state)
{
    return memo->state == state && input->leaf_position != 0 && memo->leaf_position == input->leaf_position;
}

static uint8_t state_on_core(const struct tl_state_input *input, struct tl_state_memo *memo)
{
    if (input->spins) {
        return TL_STATE_LOCK;
    }
    if (input->attachment == TL_ATTACHED) {
        memo->state = TL_STATE_RUNNING;
        return TL_STATE_RUNNING;
    }
    if (input->attachment == TL_SUSPENDED && still_waits(input, memo, TL_STATE_PAUSED)) {
        return TL_STATE_PAUSED;
    }
    if (input->gil_enabled && (input->gil_requested || still_waits(input, memo, TL_STATE_GIL))) {
        return TL_STATE_GIL;
    }
    return TL_STATE_NATIVE;
}

uint8_t tl_state_classify(struct tl_sched *sched, int slot, struct tl_parking *parking, const struct tl_state_input *input,
                          struct tl_state_memo *memo)
{
    const struct tl_look *look = tl_sched_look(sched, slot);
    switch ((enum tl_place)look->place) {
    case TL_PLACE_CORE:
        return state_on_core(input, memo);
    case TL_PLACE_READY:
        return input->spins ? TL_STATE_LOCK : TL_STATE_RUNNABLE;
    case TL_PLACE_BLOCKED:
        if (memo->block != look->block) {
            memo->state = state_of_block(sched, slot, parking, input, memo);
            memo->leaf_position = input->leaf_position;
            // Asked again at the next tick when the answer hangs on a stack that could not be read.
            memo->block = input->roles_known ? look->block : 0;
        }
        return memo->state;
    case TL_PLACE_GONE:
        break;
    }
    return TL_STATE_UNKNOWN;
}
