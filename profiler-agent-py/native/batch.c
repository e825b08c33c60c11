#include "batch.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROWS 256

// Bytes of an element, column by column.
static const uint8_t widths[TL_TABLES][TL_MAX_COLUMNS] = {
    [TL_STRINGS] = {4, 4},               // text start, text length
    [TL_FRAMES] = {4, 4, 4, 4},          // function, file, firstLine, line
    [TL_STACKS] = {4, 4},                // parent, frame
    [TL_THREADS] = {4, 4, 8, 8, 8},      // thread, tid, ident, start, end
    [TL_TICKS] = {8, 4},                 // time, missed
    [TL_SAMPLES] = {4, 4, 4, 1, 1, 2, 4},  // thread, tick, count, state, flags, core, stack
    [TL_CPU] = {4, 8, 8, 8},             // thread, time, cpu, delay
    [TL_PAUSES] = {8, 8, 1, 4, 4},       // start, end, kind, thread, stack
    [TL_EVENTS] = {8, 1, 8},             // time, kind, value
    [TL_LOCKS] = {4, 1, 8, 8, 4, 4},     // lock, kind, address, tstate, type start, type length
    [TL_WAITS] = {4, 8, 8, 4, 4},        // thread, start, end, lock, stack
    [TL_HOLDS] = {4, 4, 8, 8, 4, 1, 2, 4},  // lock, thread, start, end, stack, how, place, taken
    [TL_REFCOUNTS] = {8, 4, 4, 8, 4, 4, 4, 4},  // time, thread, stack, object, type start, type length, looks, changed
    [TL_SLICES] = {4, 2, 8, 8},          // thread, core, start, end
};

static bool grow(struct tl_table *table, const uint8_t *width)
{
    int32_t capacity = table->capacity ? table->capacity * 2 : FIRST_ROWS;
    for (int i = 0; i < TL_MAX_COLUMNS && width[i]; i++) {
        void *larger = realloc(table->columns[i], (size_t)capacity * width[i]);
        if (!larger) {
            return false;  // the columns that did grow are merely larger than the others
        }
        table->columns[i] = larger;
    }
    table->capacity = capacity;
    return true;
}

// The number of a new row whose columns the caller fills, -1 without memory.
static int32_t new_row(struct tl_batch *batch, enum tl_table_name name)
{
    struct tl_table *table = &batch->tables[name];
    if (table->rows == table->capacity && (table->capacity > INT32_MAX / 2 || !grow(table, widths[name]))) {
        batch->short_of_memory = true;
        return -1;
    }
    return table->rows++;
}

static void put8(struct tl_table *table, int column, int32_t row, int8_t value)
{
    ((int8_t *)table->columns[column])[row] = value;
}

static void put16(struct tl_table *table, int column, int32_t row, int16_t value)
{
    ((int16_t *)table->columns[column])[row] = value;
}

static void put32(struct tl_table *table, int column, int32_t row, int32_t value)
{
    ((int32_t *)table->columns[column])[row] = value;
}

static void put64(struct tl_table *table, int column, int32_t row, int64_t value)
{
    ((int64_t *)table->columns[column])[row] = value;
}

void tl_batch_clear(struct tl_batch *batch)
{
    for (int i = 0; i < TL_TABLES; i++) {
        batch->tables[i].rows = 0;
    }
    batch->text_size = 0;
    batch->short_of_memory = false;
}

void tl_batch_free(struct tl_batch *batch)
{
    for (int i = 0; i < TL_TABLES; i++) {
        for (int c = 0; c < TL_MAX_COLUMNS; c++) {
            free(batch->tables[i].columns[c]);
        }
    }
    free(batch->text);
    *batch = (struct tl_batch){0};
}

// Where the text begins in the batch, -1 without memory.
static int32_t add_text(struct tl_batch *batch, const char *text, int32_t length)
{
    int64_t needed = (int64_t)batch->text_size + length;
    if (needed > batch->text_capacity) {
        char *larger = needed > INT32_MAX / 2 ? NULL : realloc(batch->text, (size_t)needed * 2 + FIRST_ROWS);
        if (!larger) {
            batch->short_of_memory = true;
            return -1;
        }
        batch->text = larger;
        batch->text_capacity = (int32_t)needed * 2 + FIRST_ROWS;
    }
    if (length > 0) {
        memcpy(batch->text + batch->text_size, text, (size_t)length);  // before the first text there is nothing to copy to
    }
    int32_t start = batch->text_size;
    batch->text_size += length;
    return start;
}

bool tl_add_string(struct tl_batch *batch, const char *text, int32_t length)
{
    int32_t start = add_text(batch, text, length);
    int32_t row = start < 0 ? -1 : new_row(batch, TL_STRINGS);
    if (row < 0) {
        return false;
    }
    struct tl_table *table = &batch->tables[TL_STRINGS];
    put32(table, 0, row, start);
    put32(table, 1, row, length);
    return true;
}

bool tl_add_frame(struct tl_batch *batch, int32_t function, int32_t file, int32_t first_line, int32_t line)
{
    int32_t row = new_row(batch, TL_FRAMES);
    if (row < 0) {
        return false;
    }
    struct tl_table *table = &batch->tables[TL_FRAMES];
    put32(table, 0, row, function);
    put32(table, 1, row, file);
    put32(table, 2, row, first_line);
    put32(table, 3, row, line);
    return true;
}

bool tl_add_stack(struct tl_batch *batch, int32_t parent, int32_t frame)
{
    int32_t row = new_row(batch, TL_STACKS);
    if (row < 0) {
        return false;
    }
    put32(&batch->tables[TL_STACKS], 0, row, parent);
    put32(&batch->tables[TL_STACKS], 1, row, frame);
    return true;
}

void tl_add_thread(struct tl_batch *batch, int32_t thread, int32_t tid, int64_t ident, int64_t start, int64_t end)
{
    int32_t row = new_row(batch, TL_THREADS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_THREADS];
    put32(table, 0, row, thread);
    put32(table, 1, row, tid);
    put64(table, 2, row, ident);
    put64(table, 3, row, start);
    put64(table, 4, row, end);
}

void tl_add_tick(struct tl_batch *batch, int64_t time, int32_t missed)
{
    int32_t row = new_row(batch, TL_TICKS);
    if (row < 0) {
        return;
    }
    put64(&batch->tables[TL_TICKS], 0, row, time);
    put32(&batch->tables[TL_TICKS], 1, row, missed);
}

void tl_add_samples(struct tl_batch *batch, int32_t thread, const struct tl_run *run)
{
    int32_t row = new_row(batch, TL_SAMPLES);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_SAMPLES];
    put32(table, 0, row, thread);
    put32(table, 1, row, run->tick);
    put32(table, 2, row, run->count);
    put8(table, 3, row, run->state);
    put8(table, 4, row, run->flags);
    put16(table, 5, row, run->core);
    put32(table, 6, row, run->stack);
}

void tl_add_cpu(struct tl_batch *batch, int32_t thread, int64_t time, int64_t cpu, int64_t delay)
{
    int32_t row = new_row(batch, TL_CPU);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_CPU];
    put32(table, 0, row, thread);
    put64(table, 1, row, time);
    put64(table, 2, row, cpu);
    put64(table, 3, row, delay);
}

void tl_add_pause(struct tl_batch *batch, int64_t start, int64_t end, int8_t kind, int32_t thread, int32_t stack)
{
    int32_t row = new_row(batch, TL_PAUSES);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_PAUSES];
    put64(table, 0, row, start);
    put64(table, 1, row, end);
    put8(table, 2, row, kind);
    put32(table, 3, row, thread);
    put32(table, 4, row, stack);
}

void tl_add_event(struct tl_batch *batch, int64_t time, enum tl_event_kind kind, int64_t value)
{
    int32_t row = new_row(batch, TL_EVENTS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_EVENTS];
    put64(table, 0, row, time);
    put8(table, 1, row, (int8_t)kind);
    put64(table, 2, row, value);
}

// A short text in two columns; rows that are short of memory have none.
static void put_text(struct tl_batch *batch, struct tl_table *table, int column, int32_t row, const char *text)
{
    int32_t length = (int32_t)strlen(text);
    int32_t start = add_text(batch, text, length);
    put32(table, column, row, start < 0 ? 0 : start);
    put32(table, column + 1, row, start < 0 ? 0 : length);
}

void tl_add_lock(struct tl_batch *batch, int32_t lock, int8_t kind, int64_t address, int64_t tstate, const char *type)
{
    int32_t row = new_row(batch, TL_LOCKS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_LOCKS];
    put32(table, 0, row, lock);
    put8(table, 1, row, kind);
    put64(table, 2, row, address);
    put64(table, 3, row, tstate);
    put_text(batch, table, 4, row, type);
}

void tl_add_wait(struct tl_batch *batch, int32_t thread, int64_t start, int64_t end, int32_t lock, int32_t stack)
{
    int32_t row = new_row(batch, TL_WAITS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_WAITS];
    put32(table, 0, row, thread);
    put64(table, 1, row, start);
    put64(table, 2, row, end);
    put32(table, 3, row, lock);
    put32(table, 4, row, stack);
}

void tl_add_hold(struct tl_batch *batch, int32_t lock, int32_t thread, int64_t start, int64_t end, int32_t stack, int8_t how, int16_t place,
                 int32_t taken)
{
    int32_t row = new_row(batch, TL_HOLDS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_HOLDS];
    put32(table, 0, row, lock);
    put32(table, 1, row, thread);
    put64(table, 2, row, start);
    put64(table, 3, row, end);
    put32(table, 4, row, stack);
    put8(table, 5, row, how);
    put16(table, 6, row, place);
    put32(table, 7, row, taken);
}

void tl_add_refcount(struct tl_batch *batch, int64_t time, int32_t thread, int32_t stack, int64_t object, const char *type, int32_t looks,
                     int32_t changed)
{
    int32_t row = new_row(batch, TL_REFCOUNTS);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_REFCOUNTS];
    put64(table, 0, row, time);
    put32(table, 1, row, thread);
    put32(table, 2, row, stack);
    put64(table, 3, row, object);
    put_text(batch, table, 4, row, type);
    put32(table, 6, row, looks);
    put32(table, 7, row, changed);
}

void tl_add_slice(struct tl_batch *batch, int32_t thread, int16_t core, int64_t start, int64_t end)
{
    int32_t row = new_row(batch, TL_SLICES);
    if (row < 0) {
        return;
    }
    struct tl_table *table = &batch->tables[TL_SLICES];
    put32(table, 0, row, thread);
    put16(table, 1, row, core);
    put64(table, 2, row, start);
    put64(table, 3, row, end);
}
