#include "locks.h"

#include <stdlib.h>
#include <string.h>

// How often a lock is told, so that a name that the first stack does not give away can be found on another.
#define TELL_TIMES 4

// How long a lock counts as shared after a thread used it that did not before.
#define SHARED_FOR_NS 1000000000

struct lock {
    uint64_t address;
    uint8_t kind;
    uint8_t told;
    uint32_t told_in;  // batch
    int32_t user;      // the thread that used it last, -1 none yet
    int64_t shared_at; // when another one did than before, 0 never
};

struct tl_locks {
    struct lock *items;
    int32_t count, capacity;
    int32_t *slots; // twice the capacity, open addressing; a number + 1
    uint32_t batch;
};

struct tl_locks *tl_locks_new(void)
{
    return calloc(1, sizeof(struct tl_locks));
}

void tl_locks_free(struct tl_locks *locks)
{
    if (locks) {
        free(locks->items);
        free(locks->slots);
        free(locks);
    }
}

static uint32_t slot_of(const struct tl_locks *locks, uint8_t kind, uint64_t address)
{
    uint32_t mask = (uint32_t)locks->capacity * 2 - 1;
    uint32_t slot = (uint32_t)((address >> 3 ^ (uint64_t)kind << 56) * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (locks->slots[slot]) {
        const struct lock *lock = &locks->items[locks->slots[slot] - 1];
        if (lock->address == address && lock->kind == kind) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

static bool make_room(struct tl_locks *locks)
{
    if (locks->count < locks->capacity) {
        return true;
    }
    int32_t capacity = locks->capacity ? locks->capacity * 2 : 64;
    if (capacity > TL_MAX_LOCKS) {
        return false;
    }
    struct lock *items = realloc(locks->items, (size_t)capacity * sizeof *items);
    if (!items) {
        return false;
    }
    locks->items = items;
    int32_t *slots = calloc((size_t)capacity * 2, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(locks->slots);
    locks->slots = slots;
    locks->capacity = capacity;
    for (int32_t i = 0; i < locks->count; i++) {
        locks->slots[slot_of(locks, items[i].kind, items[i].address)] = i + 1;
    }
    return true;
}

static void tell(struct tl_locks *locks, struct tl_batch *batch, int32_t number, const char *type, uint64_t tstate)
{
    struct lock *lock = &locks->items[number];
    if (lock->told == TELL_TIMES || (lock->told && lock->told_in == locks->batch)) {
        return;
    }
    tl_add_lock(batch, number, (int8_t)lock->kind, (int64_t)lock->address, (int64_t)tstate, type);
    lock->told++;
    lock->told_in = locks->batch;
}

int32_t tl_lock_number(struct tl_locks *locks, struct tl_batch *batch, uint8_t kind, uint64_t address, const char *type, uint64_t tstate)
{
    bool room = make_room(locks);
    if (!locks->slots) {
        return -1;
    }
    uint32_t slot = slot_of(locks, kind, address);
    int32_t number = locks->slots[slot] - 1;
    if (number < 0) {
        if (!room) {
            return -1;
        }
        number = locks->count++;
        locks->items[number] = (struct lock){.address = address, .kind = kind, .user = -1};
        locks->slots[slot] = number + 1;
    }
    tell(locks, batch, number, type, tstate);
    return number;
}

void tl_lock_used(struct tl_locks *locks, int32_t number, int32_t thread, int64_t now)
{
    struct lock *lock = &locks->items[number];
    if (lock->user >= 0 && lock->user != thread) {
        lock->shared_at = now;
    }
    lock->user = thread;
}

bool tl_lock_is_shared(const struct tl_locks *locks, uint8_t kind, uint64_t address, int64_t now)
{
    int32_t number = locks->slots ? locks->slots[slot_of(locks, kind, address)] - 1 : -1;
    return number >= 0 && locks->items[number].shared_at && now - locks->items[number].shared_at < SHARED_FOR_NS;
}

uint8_t tl_lock_kind(const struct tl_locks *locks, int32_t number)
{
    return locks->items[number].kind;
}

uint64_t tl_lock_address(const struct tl_locks *locks, int32_t number)
{
    return locks->items[number].address;
}

void tl_locks_next_batch(struct tl_locks *locks)
{
    locks->batch++;
}
