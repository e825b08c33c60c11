#include "trace.h"

#include <stdlib.h>

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

bool tl_trace(struct tl_codes *codes, struct tl_stacks *stacks, uint64_t interp, const struct tl_unwound *unwound,
              struct tl_trace_memo *memo, struct tl_trace *out)
{
    *out = (struct tl_trace){.stack = -1};
    if (!make_room(memo, unwound->depth)) {
        return false;
    }
    tl_codes_refresh(codes, interp, unwound);
    int depth = 0;
    bool as_before = true;
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
            int32_t line = tl_code_line(codes, code, frame, unwound->generations.tlbc);
            if (line == TL_FOREIGN_LINE) {
                if (i == 0) {
                    out->cut = true;
                    break;
                }
                line = 0;
            }
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
        }
        out->stack = memo->frames[depth].stack;
        out->roles[1] = out->roles[0];
        out->roles[0] = code->role;
        out->leaf_frame = frame->addr;
        out->leaf_instr = frame->instr;
        depth++;
    }
    memo->depth = depth;
    return true;
}

void tl_trace_memo_free(struct tl_trace_memo *memo)
{
    free(memo->frames);
    *memo = (struct tl_trace_memo){0};
}
