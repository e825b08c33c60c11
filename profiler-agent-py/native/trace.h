// From the frames of one look at a thread to the number of its stack.
#ifndef TL_TRACE_H
#define TL_TRACE_H

#include "code.h"

#define TL_MAX_WITHS 16
#define TL_MAX_FRAME_WITHS 4

// The stack a thread had last, root first: most of the next one is the same, and is not looked up again. Zeroed when new.
struct tl_trace_memo {
    struct {
        uint64_t addr, instr;
        uint64_t code;       // serial
        int32_t tlbc_index;
        int32_t stack;
        uint32_t offset;     // of the instruction, in bytes of bytecode; UINT32_MAX unknown
        struct {
            uint16_t slot;
            int32_t taken;   // stack, at the line of the block
        } withs[TL_MAX_FRAME_WITHS];
        uint8_t with_count;
    } *frames;
    int depth;
    int capacity;
};

// What the stack keeps for the end of a `with` block that the thread is in.
struct tl_with {
    uint64_t object;         // the context manager; in 3.13 its bound __exit__
    int32_t stack;           // up to the call that has the block
    int32_t taken;           // the same at the line that entered it, -1 unknown
};

// The instruction that the innermost call executes.
struct tl_leaf {
    uint64_t code;           // serial of its code object; 0 where the instruction is not known
    uint32_t offset;         // bytes of bytecode
    uint32_t locals;         // words of the frame before its value stack
    uint32_t stack_size;     // words of that
    bool enters;             // a `with` block
};

struct tl_trace {
    int32_t stack;       // -1 for a thread with no Python frames
    bool cut;            // the leaf end is missing: it was being made, or the tables are full
    uint8_t roles[2];    // enum tl_role of the leaf and its caller
    uint64_t leaf_frame;
    uint64_t leaf_instr;
    struct tl_leaf leaf;
    uint64_t condition;      // the Condition whose wait() is on the stack, 0 none
    struct tl_with withs[TL_MAX_WITHS];  // outermost first
    int with_count;
};

// False when a frame has no code object that can be read: such a stack is torn.
bool tl_trace(struct tl_codes *codes, struct tl_stacks *stacks, const struct tl_unwinder *unwinder, const struct tl_offsets *offsets,
              uint64_t interp, const struct tl_unwound *unwound, struct tl_trace_memo *memo, struct tl_trace *out);

void tl_trace_memo_free(struct tl_trace_memo *memo);

#endif
