// The columns of a batch, as docs/wire-protocol.md names them, in memory that grows and is used again.
#ifndef TL_BATCH_H
#define TL_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tl_table_name {
    TL_STRINGS,
    TL_FRAMES,
    TL_STACKS,
    TL_THREADS,
    TL_TICKS,
    TL_SAMPLES,
    TL_CPU,
    TL_PAUSES,
    TL_EVENTS,
    TL_LOCKS,
    TL_WAITS,
    TL_HOLDS,
    TL_REFCOUNTS,
    TL_SLICES,
    TL_TABLES,
};

// Columns in the order of the protocol. Text is a pair of int32 columns: where it starts in `text`, and its length in
// bytes. `threads` has no name here; `events` has its kind as a number, and no text; `locks` has its kind as a number, and instead of a
// name its address and a thread state on whose stack the name can be looked for.
#define TL_MAX_COLUMNS 8

enum tl_event_kind {
    TL_EVENT_GIL,
    TL_EVENT_LOST,
    TL_EVENT_GIL_SWITCHES,
    TL_EVENT_LOST_SLICES,
    TL_EVENT_FEATURE, // was turned off: the value says which, see tl_features
};

struct tl_table {
    int32_t rows;
    int32_t capacity;
    void *columns[TL_MAX_COLUMNS];
};

struct tl_batch {
    struct tl_table tables[TL_TABLES];
    char *text;
    int32_t text_size;
    int32_t text_capacity;
    bool short_of_memory;  // a row could not be kept
};

void tl_batch_clear(struct tl_batch *batch);  // empties it and keeps its memory
void tl_batch_free(struct tl_batch *batch);

bool tl_add_string(struct tl_batch *batch, const char *text, int32_t length);
bool tl_add_frame(struct tl_batch *batch, int32_t function, int32_t file, int32_t first_line, int32_t line);
bool tl_add_stack(struct tl_batch *batch, int32_t parent, int32_t frame);
void tl_add_thread(struct tl_batch *batch, int32_t thread, int32_t tid, int64_t ident, int64_t start, int64_t end);
void tl_add_tick(struct tl_batch *batch, int64_t time, int32_t missed);

struct tl_run {
    int32_t tick, count;  // the first tick, and how many
    int8_t state, flags;
    int16_t core;
    int32_t stack;
};

#define TL_TRIMMED 1
#define TL_TORN 2
#define TL_SPINS 4  // on a core, and waits for a lock all the same

void tl_add_samples(struct tl_batch *batch, int32_t thread, const struct tl_run *run);
void tl_add_cpu(struct tl_batch *batch, int32_t thread, int64_t time, int64_t cpu, int64_t delay);
void tl_add_pause(struct tl_batch *batch, int64_t start, int64_t end, int8_t kind, int32_t thread, int32_t stack);
void tl_add_lock(struct tl_batch *batch, int32_t lock, int8_t kind, int64_t address, int64_t tstate, const char *type);
void tl_add_wait(struct tl_batch *batch, int32_t thread, int64_t start, int64_t end, int32_t lock, int32_t stack);
void tl_add_hold(struct tl_batch *batch, int32_t lock, int32_t thread, int64_t start, int64_t end, int32_t stack, int8_t how, int16_t place,
                 int32_t taken);
void tl_add_refcount(struct tl_batch *batch, int64_t time, int32_t thread, int32_t stack, int64_t object, const char *type, int32_t looks,
                     int32_t changed);
void tl_add_slice(struct tl_batch *batch, int32_t thread, int16_t core, int64_t start, int64_t end);
void tl_add_event(struct tl_batch *batch, int64_t time, enum tl_event_kind kind, int64_t value);

#endif
