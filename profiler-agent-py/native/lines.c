#include "lines.h"

#include <stdlib.h>

enum kind {
    ONE_LINE_FIRST = 10,  // kinds 10, 11, 12: that many lines less ten further on, and two column bytes
    ONE_LINE_LAST = 12,
    NO_COLUMNS = 13,
    LONG = 14,
    NO_LOCATION = 15,
};

struct reader {
    const uint8_t *at, *end;
};

static uint32_t read_varint(struct reader *reader)
{
    uint32_t value = 0;
    for (unsigned shift = 0; reader->at < reader->end; shift += 6) {
        uint8_t byte = *reader->at++;
        if (shift < 32) {
            value |= (uint32_t)(byte & 63) << shift;
        }
        if (!(byte & 64)) {
            break;
        }
    }
    return value;
}

static int32_t read_signed(struct reader *reader)
{
    uint32_t value = read_varint(reader);
    int32_t size = (int32_t)(value >> 1);
    return value & 1 ? -size : size;
}

static void skip(struct reader *reader, int bytes)
{
    reader->at = reader->end - reader->at < bytes ? reader->end : reader->at + bytes;
}

// The change of line that an entry tells, with the reader left at the next entry.
static int32_t line_delta(struct reader *reader, unsigned kind)
{
    int32_t delta;
    switch (kind) {
    case NO_LOCATION:
        return 0;
    case LONG:
        delta = read_signed(reader);
        read_varint(reader);  // end line, column, end column
        read_varint(reader);
        read_varint(reader);
        return delta;
    case NO_COLUMNS:
        return read_signed(reader);
    default:
        if (kind >= ONE_LINE_FIRST && kind <= ONE_LINE_LAST) {
            skip(reader, 2);
            return (int32_t)kind - ONE_LINE_FIRST;
        }
        skip(reader, 1);
        return 0;
    }
}

static bool add_span(struct tl_lines *lines, int32_t *capacity, uint32_t end, int32_t line)
{
    if (lines->count > 0 && lines->spans[lines->count - 1].line == line) {
        lines->spans[lines->count - 1].end = end;
        return true;
    }
    if (lines->count == *capacity) {
        int32_t larger = *capacity ? *capacity * 2 : 16;
        struct tl_line_span *spans = realloc(lines->spans, (size_t)larger * sizeof *spans);
        if (!spans) {
            return false;
        }
        lines->spans = spans;
        *capacity = larger;
    }
    lines->spans[lines->count++] = (struct tl_line_span){.end = end, .line = line};
    return true;
}

bool tl_lines_decode(struct tl_lines *lines, const uint8_t *table, size_t size, int32_t first_line)
{
    *lines = (struct tl_lines){0};
    struct reader reader = {.at = table, .end = table + size};
    int32_t capacity = 0;
    uint32_t end = 0;
    uint32_t line = (uint32_t)first_line;  // unsigned: garbage may wrap, and must be allowed to
    while (reader.at < reader.end) {
        uint8_t head = *reader.at++;
        unsigned kind = head >> 3 & 15;
        end += ((head & 7u) + 1) * 2;
        line += (uint32_t)line_delta(&reader, kind);
        if (!add_span(lines, &capacity, end, kind == NO_LOCATION || (int32_t)line < 0 ? 0 : (int32_t)line)) {
            tl_lines_free(lines);
            return false;
        }
    }
    return true;
}

void tl_lines_free(struct tl_lines *lines)
{
    free(lines->spans);
    *lines = (struct tl_lines){0};
}

int32_t tl_line_at(const struct tl_lines *lines, uint32_t offset)
{
    int32_t low = 0, high = lines->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (lines->spans[middle].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < lines->count ? lines->spans[low].line : 0;
}
