// From the frames of one look at a thread to the number of its stack.
#ifndef TL_TRACE_H
#define TL_TRACE_H

#include "code.h"

// The stack a thread had last, root first: most of the next one is the same, and is not looked up again. Zeroed when new.
struct tl_trace_memo {
    struct {
        uint64_t addr, instr;
        uint64_t code;       // serial
        int32_t tlbc_index;
        int32_t stack;
    } *frames;
    int depth;
    int capacity;
};

struct tl_trace {
    int32_t stack;       // -1 for a thread with no Python frames
    bool cut;            // the leaf end is missing: it was being made, or the tables are full
    uint8_t roles[2];    // enum tl_role of the leaf and its caller
    uint64_t leaf_frame;
    uint64_t leaf_instr;
};

// False when a frame has no code object that can be read: such a stack is torn.
bool tl_trace(struct tl_codes *codes, struct tl_stacks *stacks, uint64_t interp, const struct tl_unwound *unwound,
              struct tl_trace_memo *memo, struct tl_trace *out);

void tl_trace_memo_free(struct tl_trace_memo *memo);

#endif
