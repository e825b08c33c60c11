#include "stacks.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 1024

// A set of fixed-size keys, each numbered by when it came. Open addressing over the numbers.
struct numbered {
    uint8_t *keys;
    int32_t *slots;     // number + 1, 0 free
    size_t key_size;
    int32_t count;
    int32_t capacity;   // of keys; twice as many slots
    int32_t limit;
};

struct string_key {
    uint64_t hash;
    char *text;
    int32_t length;
};

struct tl_stacks {
    struct tl_batch *batch;
    struct numbered strings, frames, stacks;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_bytes(const void *bytes, size_t size)
{
    uint64_t hash = size;
    const uint8_t *at = bytes;
    for (; size >= 8; at += 8, size -= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        hash = mix(hash, word);
    }
    uint64_t rest = 0;
    memcpy(&rest, at, size);
    return mix(hash, rest);
}

static bool make_room(struct numbered *set, uint64_t (*hash_of)(const void *key, size_t size))
{
    if (set->count < set->capacity) {
        return true;
    }
    if (set->count >= set->limit) {
        return false;
    }
    int32_t capacity = set->capacity ? set->capacity * 2 : FIRST_CAPACITY;
    uint8_t *keys = realloc(set->keys, (size_t)capacity * set->key_size);
    if (keys) {
        set->keys = keys;
    }
    int32_t *slots = keys ? calloc((size_t)capacity * 2, sizeof *slots) : NULL;
    if (!slots) {
        return false;
    }
    uint64_t mask = (uint64_t)capacity * 2 - 1;
    for (int32_t i = 0; i < set->count; i++) {
        uint64_t slot = hash_of(set->keys + (size_t)i * set->key_size, set->key_size) & mask;
        while (slots[slot]) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = i + 1;
    }
    free(set->slots);
    set->slots = slots;
    set->capacity = capacity;
    return true;
}

// The number of an equal key, or -1 with *free_slot where a new one goes. Room must have been made.
static int32_t find(const struct numbered *set, uint64_t hash, const void *key,
                    bool (*equal)(const void *a, const void *b, size_t size), uint64_t *free_slot)
{
    uint64_t mask = (uint64_t)set->capacity * 2 - 1;
    uint64_t slot = hash & mask;
    for (; set->slots[slot]; slot = (slot + 1) & mask) {
        int32_t number = set->slots[slot] - 1;
        if (equal(set->keys + (size_t)number * set->key_size, key, set->key_size)) {
            return number;
        }
    }
    *free_slot = slot;
    return -1;
}

static int32_t keep(struct numbered *set, uint64_t slot, const void *key)
{
    int32_t number = set->count++;
    memcpy(set->keys + (size_t)number * set->key_size, key, set->key_size);
    set->slots[slot] = number + 1;
    return number;
}

static bool equal_bytes(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

static uint64_t hash_string(const void *key, size_t size)
{
    (void)size;
    return ((const struct string_key *)key)->hash;
}

static bool equal_strings(const void *a, const void *b, size_t size)
{
    (void)size;
    const struct string_key *x = a, *y = b;
    return x->hash == y->hash && x->length == y->length && memcmp(x->text, y->text, (size_t)x->length) == 0;
}

struct tl_stacks *tl_stacks_new(void)
{
    struct tl_stacks *s = calloc(1, sizeof *s);
    if (s) {
        s->strings = (struct numbered){.key_size = sizeof(struct string_key), .limit = TL_MAX_STRINGS};
        s->frames = (struct numbered){.key_size = 4 * sizeof(int32_t), .limit = TL_MAX_FRAMES};
        s->stacks = (struct numbered){.key_size = 2 * sizeof(int32_t), .limit = TL_MAX_STACKS};
    }
    return s;
}

void tl_stacks_free(struct tl_stacks *s)
{
    if (!s) {
        return;
    }
    const struct string_key *strings = (const struct string_key *)s->strings.keys;
    for (int32_t i = 0; i < s->strings.count; i++) {
        free(strings[i].text);
    }
    struct numbered *sets[] = {&s->strings, &s->frames, &s->stacks};
    for (int i = 0; i < 3; i++) {
        free(sets[i]->keys);
        free(sets[i]->slots);
    }
    free(s);
}

void tl_stacks_into(struct tl_stacks *s, struct tl_batch *batch)
{
    s->batch = batch;
}

int32_t tl_string_id(struct tl_stacks *s, const char *text, int32_t length)
{
    struct string_key key = {.hash = hash_bytes(text, (size_t)length), .text = (char *)text, .length = length};
    uint64_t slot = 0;
    bool room = make_room(&s->strings, hash_string);
    if (!s->strings.slots) {
        return -1;
    }
    int32_t number = find(&s->strings, key.hash, &key, equal_strings, &slot);
    if (number >= 0 || !room) {
        return number;
    }
    key.text = malloc((size_t)length + 1);
    if (!key.text) {
        return -1;
    }
    memcpy(key.text, text, (size_t)length);
    if (!tl_add_string(s->batch, text, length)) {
        free(key.text);
        return -1;
    }
    return keep(&s->strings, slot, &key);
}

int32_t tl_frame_id(struct tl_stacks *s, int32_t function, int32_t file, int32_t first_line, int32_t line)
{
    int32_t key[] = {function, file, first_line, line};
    uint64_t slot = 0;
    bool room = make_room(&s->frames, hash_bytes);
    if (!s->frames.slots) {
        return -1;
    }
    int32_t number = find(&s->frames, hash_bytes(key, sizeof key), key, equal_bytes, &slot);
    if (number >= 0 || !room) {
        return number;
    }
    return tl_add_frame(s->batch, function, file, first_line, line) ? keep(&s->frames, slot, key) : -1;
}

int32_t tl_stack_id(struct tl_stacks *s, int32_t parent, int32_t frame)
{
    int32_t key[] = {parent, frame};
    uint64_t slot = 0;
    bool room = make_room(&s->stacks, hash_bytes);
    if (!s->stacks.slots) {
        return -1;
    }
    int32_t number = find(&s->stacks, hash_bytes(key, sizeof key), key, equal_bytes, &slot);
    if (number >= 0 || !room) {
        return number;
    }
    return tl_add_stack(s->batch, parent, frame) ? keep(&s->stacks, slot, key) : -1;
}
