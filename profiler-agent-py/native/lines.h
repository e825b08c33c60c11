// The location table of a code object (co_linetable, as PEP 626 and CPython's code_objects document lay it out): which
// line each instruction belongs to.
#ifndef TL_LINES_H
#define TL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tl_line_span {
    uint32_t end;   // first byte of bytecode after the span
    int32_t line;   // 1-based; 0 where the instructions belong to no line
};

struct tl_lines {
    struct tl_line_span *spans;
    int32_t count;
};

// Decodes a table that may be garbage: what cannot be read on ends it. False without memory.
bool tl_lines_decode(struct tl_lines *lines, const uint8_t *table, size_t size, int32_t first_line);
void tl_lines_free(struct tl_lines *lines);

// The line of the instruction at a byte offset, 0 unknown.
int32_t tl_line_at(const struct tl_lines *lines, uint32_t offset);

#endif
