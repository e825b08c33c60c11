#include "trace.h"

#include <stdlib.h>

#include "state.h"

static bool make_room(struct tl_trace_memo *memo, int depth)
{
    if (depth <= memo->capacity) {
        return true;
    }
    int capacity = depth + depth / 2 + 16;
    void *larger = realloc(memo->frames, (size_t)capacity * sizeof *memo->frames);
    if (!larger) {
        return false;
    }
    memo->frames = larger;
    memo->capacity = capacity;
    return true;
}

// The blocks that a frame is in, each with the stack at the line that entered it.
static void find_withs(struct tl_stacks *stacks, const struct tl_code *code, uint32_t offset, int32_t parent, struct tl_trace_memo *memo,
                       int depth)
{
    struct tl_with_block blocks[TL_MAX_FRAME_WITHS];
    int count = memo->frames[depth].offset == UINT32_MAX ? 0 : tl_blocks_around(&code->blocks, offset, blocks, TL_MAX_FRAME_WITHS);
    for (int i = 0; i < count; i++) {
        int32_t line = blocks[i].start >= 2 ? tl_line_at(&code->lines, blocks[i].start - 2) : 0;
        int32_t frame = line ? tl_frame_id(stacks, code->function, code->file, code->first_line, line) : -1;
        memo->frames[depth].withs[i].slot = blocks[i].slot;
        memo->frames[depth].withs[i].taken = frame < 0 ? -1 : tl_stack_id(stacks, parent, frame);
    }
    memo->frames[depth].with_count = (uint8_t)count;
}

// The context managers of the blocks that a frame is in.
static void add_withs(const struct tl_unwinder *unwinder, const struct tl_offsets *o, const struct tl_code *code,
                      const struct tl_frame *frame, const struct tl_trace_memo *memo, int depth, struct tl_trace *out)
{
    for (int i = memo->frames[depth].with_count - 1; i >= 0 && out->with_count < TL_MAX_WITHS; i--) {
        uint16_t slot = memo->frames[depth].withs[i].slot;
        uint64_t object;
        if (slot < code->stack_size
            && tl_unwound_word(unwinder, frame, o->frame.localsplus + (code->locals + slot) * (uint32_t)sizeof object, &object)) {
            out->withs[out->with_count++] = (struct tl_with){.object = object & ~(uint64_t)7, .stack = out->stack,
                                                                   .taken = memo->frames[depth].withs[i].taken};
        }
    }
}

bool tl_trace(struct tl_codes *codes, struct tl_stacks *stacks, const struct tl_unwinder *unwinder, const struct tl_offsets *o,
              uint64_t interp, const struct tl_unwound *unwound, struct tl_trace_memo *memo, struct tl_trace *out)
{
    *out = (struct tl_trace){.stack = -1};
    if (!make_room(memo, unwound->depth)) {
        return false;
    }
    tl_codes_refresh(codes, interp, unwound);
    int depth = 0;
    bool as_before = true;
    const struct tl_code *leaf = NULL;
    for (int i = unwound->depth - 1; i >= 0; i--) {
        const struct tl_frame *frame = &unwound->frames[i];
        if (frame->shim) {
            continue;
        }
        struct tl_code *code = tl_code_of(codes, frame->code);
        if (!code) {
            memo->depth = 0;
            return false;
        }
        if (code->hidden) {
            continue;
        }
        as_before = as_before && depth < memo->depth && memo->frames[depth].addr == frame->addr
            && memo->frames[depth].instr == frame->instr && memo->frames[depth].code == code->serial
            && memo->frames[depth].tlbc_index == frame->tlbc_index;
        if (!as_before) {
            uint32_t offset = 0;
            bool located = tl_code_offset(codes, code, frame, unwound->generations.tlbc, &offset);
            if (!located && i == 0) {
                out->cut = true;
                break;
            }
            int32_t line = located ? tl_line_at(&code->lines, offset) : 0;
            int32_t number = tl_frame_id(stacks, code->function, code->file, code->first_line, line);
            int32_t stack = number < 0 ? -1 : tl_stack_id(stacks, out->stack, number);
            if (stack < 0) {
                out->cut = true;
                break;
            }
            memo->frames[depth].addr = frame->addr;
            memo->frames[depth].instr = frame->instr;
            // A line that is not known yet is asked for again.
            memo->frames[depth].code = line ? code->serial : 0;
            memo->frames[depth].tlbc_index = frame->tlbc_index;
            memo->frames[depth].stack = stack;
            memo->frames[depth].offset = located ? offset : UINT32_MAX;
            find_withs(stacks, code, offset, out->stack, memo, depth);
        }
        out->stack = memo->frames[depth].stack;
        add_withs(unwinder, o, code, frame, memo, depth, out);
        if (code->role == TL_ROLE_CONDITION_WAIT && tl_unwound_word(unwinder, frame, o->frame.localsplus, &out->condition)) {
            out->condition &= ~(uint64_t)7;
        }
        out->roles[1] = out->roles[0];
        out->roles[0] = code->role;
        out->leaf_frame = frame->addr;
        out->leaf_instr = frame->instr;
        out->leaf = (struct tl_leaf){.code = memo->frames[depth].offset == UINT32_MAX ? 0 : code->serial, .offset = memo->frames[depth].offset,
                                     .locals = code->locals, .stack_size = code->stack_size};
        leaf = code;
        depth++;
    }
    out->leaf.enters = leaf && out->leaf.code && tl_blocks_enters(&leaf->blocks, out->leaf.offset);
    memo->depth = depth;
    return true;
}

void tl_trace_memo_free(struct tl_trace_memo *memo)
{
    free(memo->frames);
    *memo = (struct tl_trace_memo){0};
}
