// The `with` blocks of a code object, as its exception table (co_exceptiontable, Objects/exception_handling_notes.txt) gives
// them away: for every instruction inside one it says how deep the value stack is below the handler, and there the context manager lies.
#ifndef TL_BLOCKS_H
#define TL_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tl_blocks {
    struct tl_block *items;
    int32_t count;
};

// A handler and the instructions it is for, in bytes of bytecode.
struct tl_block {
    uint32_t start, end, target;
    uint16_t depth;
    bool keeps_position; // of a `with`, or the clean-up of another handler
};

// Decodes a table that may be garbage: what cannot be read on ends it. False without memory.
bool tl_blocks_decode(struct tl_blocks *blocks, const uint8_t *table, size_t size);
void tl_blocks_free(struct tl_blocks *blocks);

// Where on the value stack the context managers of the `with` blocks around an instruction may lie, innermost first. Returns
// how many, `most` at most.
int tl_blocks_around(const struct tl_blocks *blocks, uint32_t offset, uint16_t *slots, int most);

#endif
