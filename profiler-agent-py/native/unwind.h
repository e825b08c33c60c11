// The Python stack of one thread of a running process, whole and true to one instant, or not at all.
//
// The target runs on while it is read. What makes a stack out of that: one system call copies the thread state and the
// hot end of its data stack twice, then the cold rest once. What both copies agree on, counted from the root, was true
// all along between them. Copies read by separate calls, or a large part copied twice, give stacks that never were.
#ifndef TL_UNWIND_H
#define TL_UNWIND_H

#include "places.h"

#define TL_MAX_DEPTH 16384

struct tl_frame {
    uint64_t addr;
    uint64_t code;       // address of the code object
    uint64_t instr;      // instr_ptr
    int32_t tlbc_index;  // which copy of the bytecode instr points into; 0 is the code object's own
    bool shim;           // an entry frame of the interpreter: Python was called from C here
};

// Counters of the interpreter, read with the stack: as long as they stand still, what was learnt of code objects holds.
struct tl_generations {
    uint64_t code_before;  // code objects freed, before the frames were copied and after; 0 where the version does not count
    uint64_t code_after;
    uint32_t tlbc;         // threads that got or gave back a copy of the bytecode of their own
};

// What one look at a thread gave. `frames` is leaf first, belongs to the unwinder and holds until its next unwind.
struct tl_unwound {
    const uint8_t *head;  // copy of the thread state, offsets.thread.head bytes, taken with the stack
    const struct tl_frame *frames;
    int depth;
    struct tl_generations generations;
    bool trimmed;         // the leaf end was cut to what is certain
};

enum tl_unwind_result {
    TL_UNWIND_OK,
    TL_UNWIND_TORN,   // nothing certain in any of the tries; `head` is valid
    TL_UNWIND_GONE,   // no thread state there any more
};

struct tl_unwinder;

struct tl_unwinder *tl_unwinder_new(const struct tl_target *target);
void tl_unwinder_free(struct tl_unwinder *unwinder);

enum tl_unwind_result tl_unwind(struct tl_unwinder *unwinder, uint64_t tstate, uint64_t interp,
                                struct tl_places *places, struct tl_unwound *out);

// A word of a frame of the last unwind, `offset` bytes from the frame's start, where all copies agree on it; of a frame outside the
// data stack as it is now. False when it is not known.
bool tl_unwound_word(const struct tl_unwinder *unwinder, const struct tl_frame *frame, uint32_t offset, uint64_t *value);

#endif
