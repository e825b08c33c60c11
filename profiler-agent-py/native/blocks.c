#include "blocks.h"

#include <stdlib.h>

// Blocks inside one another; CPython allows twenty.
#define MAX_NESTED 64

struct reader {
    const uint8_t *at, *end;
};

// Six bits a byte, the high ones first.
static bool read_varint(struct reader *reader, uint32_t *value)
{
    *value = 0;
    for (int i = 0; i < 5 && reader->at < reader->end; i++) {
        uint8_t byte = *reader->at++;
        *value = *value << 6 | (byte & 63);
        if (!(byte & 64)) {
            return true;
        }
    }
    return false;
}

static bool read_block(struct reader *reader, struct tl_block *block)
{
    uint32_t start, length, target, depth;
    if (!read_varint(reader, &start) || !read_varint(reader, &length) || !read_varint(reader, &target) || !read_varint(reader, &depth) ||
        depth >> 1 > UINT16_MAX) {
        return false;
    }
    *block = (struct tl_block){.start = start * 2, .end = (start + length) * 2, .target = target * 2, .depth = (uint16_t)(depth >> 1),
                               .keeps_position = depth & 1};
    return true;
}

bool tl_blocks_decode(struct tl_blocks *blocks, const uint8_t *table, size_t size)
{
    *blocks = (struct tl_blocks){0};
    struct reader reader = {.at = table, .end = table + size};
    int32_t capacity = 0;
    struct tl_block block;
    while (reader.at < reader.end && read_block(&reader, &block)) {
        if (blocks->count == capacity) {
            capacity = capacity ? capacity * 2 : 8;
            struct tl_block *larger = realloc(blocks->items, (size_t)capacity * sizeof *larger);
            if (!larger) {
                tl_blocks_free(blocks);
                return false;
            }
            blocks->items = larger;
        }
        blocks->items[blocks->count++] = block;
    }
    return true;
}

void tl_blocks_free(struct tl_blocks *blocks)
{
    free(blocks->items);
    *blocks = (struct tl_blocks){0};
}

// The entries are in order, and none lies in another. In garbage the search ends all the same.
static const struct tl_block *handler_of(const struct tl_blocks *blocks, uint32_t offset)
{
    int32_t low = 0, high = blocks->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (blocks->items[middle].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < blocks->count && offset >= blocks->items[low].start ? &blocks->items[low] : NULL;
}

// What lies in a block is cut into pieces by the blocks in it; all have the one handler.
static uint32_t start_of_body(const struct tl_blocks *blocks, uint32_t target)
{
    int32_t i = 0;
    while (i < blocks->count && blocks->items[i].target != target) {
        i++;
    }
    return i < blocks->count ? blocks->items[i].start : 0;
}

int tl_blocks_around(const struct tl_blocks *blocks, uint32_t offset, struct tl_with_block *around, int most)
{
    int found = 0;
    uint32_t depth = UINT32_MAX;
    // The table names the innermost handler only; the next one out is the handler of that handler. What a handler itself puts on
    // the stack lies above what it was entered with, so an entry that is higher up than one before is of a handler, not of a block
    // around the instruction.
    const struct tl_block *block = handler_of(blocks, offset);
    for (int i = 0; block && i < MAX_NESTED && found < most; i++) {
        if (block->depth <= depth) {
            depth = block->depth;
            if (block->keeps_position && depth > 0) {
                around[found++] = (struct tl_with_block){.slot = (uint16_t)(depth - 1), .start = start_of_body(blocks, block->target)};
            }
        }
        block = handler_of(blocks, block->target);
    }
    return found;
}

bool tl_blocks_enters(const struct tl_blocks *blocks, uint32_t offset)
{
    // BEFORE_WITH in 3.13; since then a CALL, and its three words of inline cache.
    const uint32_t one_instruction = 2, call = 8;
    for (int32_t i = 0; i < blocks->count; i++) {
        const struct tl_block *block = &blocks->items[i];
        uint32_t before = block->start - offset;
        if (block->keeps_position && block->start > offset && (before == one_instruction || before == call)) {
            return true;
        }
    }
    return false;
}
