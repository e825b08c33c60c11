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

// A `with` block around an instruction.
struct tl_with_block {
    uint16_t slot;   // of the value stack, where its context manager may lie
    uint32_t start;  // of its body, in bytes of bytecode: what stands before enters it
};

// The blocks around an instruction, innermost first. Returns how many, `most` at most.
int tl_blocks_around(const struct tl_blocks *blocks, uint32_t offset, struct tl_with_block *around, int most);

// Whether the instruction is the one that enters a `with` block: the call of __enter__, right before the body.
bool tl_blocks_enters(const struct tl_blocks *blocks, uint32_t offset);

#endif
