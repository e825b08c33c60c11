#define _GNU_SOURCE
#include "parking.h"

#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The interpreter's `struct wait_entry` on the stack of a parked thread; the same in every version we know. The futex is the first word
// of the semaphore.
struct wait_entry {
    uint64_t arg;       // of a mutex: its bookkeeping on the stack; of events, once-flags and read-write locks: NULL
    uint64_t addr;      // what is waited on
    uint8_t semaphore[32];
    uint64_t next, prev; // list of the waiters whose addresses fall into the same bucket
    uint8_t unparking;
};
#define SEMAPHORE_AT 16
#define NEXT_AT 48
_Static_assert(offsetof(struct wait_entry, semaphore) == SEMAPHORE_AT && offsetof(struct wait_entry, next) == NEXT_AT, "no padding");

// The entry is in the frame of the C function that waits, a few hundred bytes above the stack pointer of the system call.
#define STACK_REACH 4096

// Bits of the byte that a PyMutex is, and of the event and once-flag that share its values.
#define LOCKED 1
#define HAS_PARKED 2

// `ob_mutex` of the free-threaded object header.
#define OB_MUTEX_AT 10

// A waiter for a PyMutex is handed the lock when it has waited this long (TIME_TO_BE_FAIR_NS in Python/lock.c); when that will be is the first
// word of its bookkeeping, and so says since when it waits.
#define FAIR_AFTER_NS 1000000

// Words of an innermost frame that are looked through for the owner of a semaphore, and words of each object found there.
#define FRAME_WORDS 64
#define OBJECT_WORDS 32

struct tl_parking {
    const struct tl_target *target;
    struct tl_types *types;
    int met, understood; // entries
};

// Entries that may be met while they change, before it is the layout that is wrong.
#define ENTRIES_TO_JUDGE 8

bool tl_parking_is_known(const struct tl_parking *parking)
{
    return parking->understood > 0 || parking->met < ENTRIES_TO_JUDGE;
}

struct tl_parking *tl_parking_open(const struct tl_target *target, struct tl_types *types)
{
    struct tl_parking *parking = calloc(1, sizeof *parking);
    if (parking != NULL) {
        parking->target = target;
        parking->types = types;
    }
    return parking;
}

void tl_parking_close(struct tl_parking *parking)
{
    free(parking);
}

static bool inside(uint64_t addr, uint64_t start, uint64_t size)
{
    return start != 0 && addr - start < size;
}

static enum tl_type_kind type_kind(struct tl_parking *parking, uint64_t type)
{
    return tl_type_at(parking->types, type)->kind;
}

// What surrounds the address that is waited on. The longest way back is to the head of a free-threaded object whose first member it is.
struct surroundings {
    uint8_t before[32];
    uint8_t here[24];
};

static uint64_t word_before(const struct surroundings *around, uint64_t back)
{
    return back < sizeof(uint64_t) || back > sizeof around->before ? 0 : tl_u64(around->before + sizeof around->before - back);
}

static struct tl_park classify(struct tl_parking *parking, const struct tl_parking_thread *thread, const struct wait_entry *entry,
                               const struct surroundings *around)
{
    const struct tl_target *target = parking->target;
    const struct tl_offsets *at = &target->offsets;
    uint64_t addr = entry->addr;
    struct tl_park park = {.kind = TL_PARK_UNKNOWN, .address = addr};
    uint8_t byte = around->here[0];

    if (addr == thread->tstate + at->thread.state) {
        park.kind = TL_PARK_PAUSE;
        return park;
    }
    if (inside(addr, thread->interp, at->interp.size) || inside(addr, target->runtime, at->runtime.size)) {
        park.kind = entry->arg == 0 && byte == HAS_PARKED ? TL_PARK_PAUSE_REQUEST : TL_PARK_INTERPRETER_LOCK;
        return park;
    }
    if (target->free_threaded && addr % 8 == OB_MUTEX_AT % 8) {
        // The type stands after the mutex in the header.
        uint64_t type = tl_u64((const uint8_t *)around + sizeof around->before - OB_MUTEX_AT + at->object.ob_type);
        if (type_kind(parking, type) != TL_TYPE_NONE) {
            park.kind = TL_PARK_CRITICAL_SECTION;
            park.object = addr - OB_MUTEX_AT;
            return park;
        }
    }
    enum tl_type_kind owner = type_kind(parking, word_before(around, at->object.size - at->object.ob_type));
    if (owner != TL_TYPE_NONE) {
        park.object = addr - at->object.size;
        // A subclass of SimpleQueue goes by another name, but waits on a flag, where a lock that is waited for has two bits set.
        park.kind = owner == TL_TYPE_LOCK                           ? TL_PARK_LOCK
                    : owner == TL_TYPE_RLOCK                        ? TL_PARK_RLOCK
                    : owner == TL_TYPE_QUEUE || (byte == LOCKED && entry->arg != 0) ? TL_PARK_QUEUE
                                                                 : TL_PARK_INTERNAL_LOCK;
        return park;
    }
    if (entry->arg != 0) {
        park.kind = TL_PARK_INTERNAL_LOCK;
    } else if (byte == HAS_PARKED) {
        park.kind = TL_PARK_EVENT;
    } else if (byte & HAS_PARKED) {
        park.kind = TL_PARK_INTERNAL_LOCK; // a once-flag, or a read-write lock with a writer or readers in it
    }
    return park;
}

static bool is_mutex(uint8_t kind)
{
    return kind == TL_PARK_LOCK || kind == TL_PARK_RLOCK || kind == TL_PARK_CRITICAL_SECTION || kind == TL_PARK_INTERPRETER_LOCK ||
           kind == TL_PARK_INTERNAL_LOCK;
}

static int64_t start_of_wait(const struct tl_memory *memory, uint64_t bookkeeping)
{
    struct timespec now;
    int64_t fair_at = 0;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    if (tl_read(memory, tl_addr(bookkeeping, 0), &fair_at, sizeof fair_at) != 0 || fair_at <= FAIR_AFTER_NS ||
        fair_at - FAIR_AFTER_NS > now_ns) {
        return 0;
    }
    return fair_at - FAIR_AFTER_NS;
}

static struct tl_park find_parked(struct tl_parking *parking, const struct tl_parking_thread *thread, uint64_t futex)
{
    const struct tl_memory *memory = &parking->target->memory;
    const struct tl_park unknown = {.kind = TL_PARK_UNKNOWN, .address = futex};
    uint64_t at = futex - SEMAPHORE_AT;
    struct wait_entry entry;
    if (tl_read(memory, at, &entry, sizeof entry) != 0) {
        return unknown;
    }
    uint64_t node = at + NEXT_AT, next_prev = 0, prev_next = 0;
    struct surroundings around = {0};
    const struct tl_span spans[] = {
        {tl_addr(entry.addr, 0) == 0 ? 0 : entry.addr - sizeof around.before, sizeof around, &around},
        {tl_addr(entry.next, 8), 8, &next_prev},
        {tl_addr(entry.prev, 0), 8, &prev_next},
    };
    int read = tl_read_spans(memory, spans, 3);
    bool queued = read == 3 && next_prev == node && prev_next == node;
    bool waking = read >= 1 && entry.next == 0 && entry.prev == 0 && entry.unparking == 1;
    parking->met += parking->met < ENTRIES_TO_JUDGE;
    if (!queued && !waking) {
        return unknown;
    }
    parking->understood = 1;
    struct tl_park park = classify(parking, thread, &entry, &around);
    // `struct mutex_entry` (Python/lock.c): {time_to_be_fair, handed_off}.
    park.start = is_mutex(park.kind) ? start_of_wait(memory, entry.arg) : 0;
    park.given = is_mutex(park.kind) ? tl_addr(entry.arg, sizeof park.start) : 0;
    return park;
}

static bool is_task(pid_t pid, uint32_t tid)
{
    return tid > 0 && tid <= INT32_MAX && (syscall(SYS_tgkill, pid, (pid_t)tid, 0) == 0 || errno == EPERM);
}

// glibc's pthread_mutex_t: {int lock; unsigned count; int owner; unsigned nusers; int kind; …}. Locked with waiters is 2, and only a mutex
// waits on that value.
static bool is_pthread_mutex(const uint8_t *at)
{
    uint32_t owner = tl_u32(at + 8), users = tl_u32(at + 12), kind = tl_u32(at + 16);
    return tl_u32(at) == 2 && owner > 0 && owner < (1u << 22) && users > 0 && users < (1u << 16) && kind < 0x200;
}

// glibc's pthread_cond_t: {u64 wseq; u64 g1_start; … ; u32 wrefs; u32 g_signals[2]; …}; a thread waits on one of the last two. What stands
// between moved once, so the start is tried at both distances.
static bool is_pthread_cond(const struct tl_memory *memory, uint64_t futex)
{
    uint64_t signals = futex & ~(uint64_t)7;
    uint8_t before[40];
    if (tl_addr(signals, 0) == 0 || tl_read(memory, signals - sizeof before, before, sizeof before) != 0) {
        return false;
    }
    uint32_t waiters = tl_u32(before + 36) >> 3;
    if (waiters == 0 || waiters > 65536) {
        return false;
    }
    for (int back = 32; back <= 40; back += 8) {
        uint64_t sequence = tl_u64(before + 40 - back) >> 1, group_start = tl_u64(before + 48 - back) >> 1;
        if (sequence >= waiters && group_start <= sequence && sequence - group_start < 65536) {
            return true;
        }
    }
    return false;
}

// Objects of the target, as far as their first words go; unreadable addresses are left out.
struct objects {
    int count;
    uint64_t addr[FRAME_WORDS];
    uint64_t words[FRAME_WORDS][OBJECT_WORDS];
};

static void read_objects(const struct tl_memory *memory, const uint64_t *pointers, int count, struct objects *into)
{
    struct tl_span spans[FRAME_WORDS];
    int left = 0;
    for (int i = 0; i < count; i++) {
        uint64_t object = pointers[i] & ~(uint64_t)7; // tags of stack references
        if (tl_addr(object, 0) != 0) {
            spans[left++] = (struct tl_span){.addr = object, .size = sizeof into->words[0]};
        }
    }
    into->count = 0;
    for (int from = 0; from < left;) {
        for (int i = from; i < left; i++) {
            spans[i].into = into->words[into->count + i - from];
        }
        int whole = tl_read_spans(memory, spans + from, left - from);
        if (whole < 0) {
            return;
        }
        for (int i = from; i < from + whole; i++) {
            into->addr[into->count++] = spans[i].addr;
        }
        from += whole + 1; // one that could not be read was never an object
    }
}

static uint64_t object_that_holds(const struct objects *objects, uint64_t pointer)
{
    for (int i = 0; i < objects->count; i++) {
        for (int word = 0; word < OBJECT_WORDS; word++) {
            if (objects->words[i][word] == pointer) {
                return objects->addr[i];
            }
        }
    }
    return 0;
}

// The interpreter's older locks are semaphores on the heap. Whose, only the frame can say: the object whose method waits is among its
// locals and operands, or is what a bound method there is bound to, and holds a pointer to the semaphore.
static uint64_t owner_of_semaphore(const struct tl_target *target, uint64_t frame, uint64_t semaphore)
{
    static _Thread_local struct objects objects;
    uint64_t words[FRAME_WORDS];
    if (frame == 0 || tl_read(&target->memory, tl_addr(frame, target->offsets.frame.localsplus), words, sizeof words) != 0) {
        return 0;
    }
    read_objects(&target->memory, words, FRAME_WORDS, &objects);
    uint64_t owner = object_that_holds(&objects, semaphore);
    if (owner != 0) {
        return owner;
    }
    // Bound methods, those of C and of Python alike, have after the header their function and then the object.
    uint64_t self = target->offsets.object.size / sizeof(uint64_t) + 1;
    int count = objects.count;
    for (int i = 0; i < count; i++) {
        words[i] = objects.words[i][self];
    }
    read_objects(&target->memory, words, count, &objects);
    return object_that_holds(&objects, semaphore);
}

static enum tl_park_kind kind_of_semaphore(struct tl_parking *parking, uint64_t owner)
{
    switch (type_kind(parking, tl_read_pointer(&parking->target->memory, owner + parking->target->offsets.object.ob_type))) {
    case TL_TYPE_LOCK:
        return TL_PARK_LOCK;
    case TL_TYPE_RLOCK:
        return TL_PARK_RLOCK;
    case TL_TYPE_NONE:
        return TL_PARK_UNKNOWN;
    default:
        return TL_PARK_NATIVE_LOCK;
    }
}

static struct tl_park find_native(struct tl_parking *parking, const struct tl_parking_thread *thread, const struct tl_look *look)
{
    const struct tl_target *target = parking->target;
    uint64_t futex = look->args[0];
    uint32_t operation = (uint32_t)look->args[1] & (uint32_t)FUTEX_CMD_MASK;
    bool private = (uint32_t)look->args[1] & FUTEX_PRIVATE_FLAG;
    uint32_t expected = (uint32_t)look->args[2];
    struct tl_park park = {.kind = TL_PARK_UNKNOWN, .address = futex};

    if (operation == FUTEX_LOCK_PI || operation == FUTEX_LOCK_PI2) {
        park.kind = TL_PARK_NATIVE_LOCK;
        return park;
    }
    uint8_t here[24];
    if ((operation != FUTEX_WAIT && operation != FUTEX_WAIT_BITSET) || tl_read(&target->memory, futex, here, sizeof here) != 0) {
        return park;
    }
    if (expected == 2 && is_pthread_mutex(here)) {
        park.kind = TL_PARK_NATIVE_LOCK;
    } else if (!private && expected == tl_u32(here) && is_task(target->pid, expected)) {
        park.kind = TL_PARK_NATIVE_SIGNAL; // the kernel clears this word when the thread ends: a pthread_join
    } else if (expected == 0 && (park.object = owner_of_semaphore(target, thread->leaf_frame, futex)) != 0) {
        park.kind = kind_of_semaphore(parking, park.object);
    } else if (is_pthread_cond(&target->memory, futex)) {
        park.kind = TL_PARK_NATIVE_SIGNAL;
    }
    return park;
}

struct tl_park tl_parking_find(struct tl_parking *parking, const struct tl_parking_thread *thread, const struct tl_look *look)
{
    // The GIL's mutexes and condition variables lie in its structure, where exactly is up to the C library.
    const uint64_t gil_size = 256;
    uint64_t futex = look->args[0];
    if (inside(futex, thread->gil, gil_size)) {
        return (struct tl_park){.kind = TL_PARK_GIL, .address = thread->gil};
    }
    if (futex >= SEMAPHORE_AT && inside(futex, look->sp, STACK_REACH)) {
        return find_parked(parking, thread, futex);
    }
    return find_native(parking, thread, look);
}
