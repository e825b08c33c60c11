// The Python stack of one thread of a running process, whole and true to one instant, or not at all.
//
// The target runs on while it is read. What makes a stack out of that: one system call copies the thread state and the
// hot end of its data stack twice, then the cold rest once. What both copies agree on, counted from the root, was true
// all along between them. Copies read by separate calls, or a large part copied twice, give stacks that never were.
#ifndef TL_UNWIND_H
#define TL_UNWIND_H

#include "offsets.h"

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
    uint64_t code;  // code objects freed; 0 where the version does not count
    uint32_t tlbc;  // threads that got or gave back a copy of the bytecode of their own
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

#define TL_MAX_CHUNKS 160
#define TL_MAX_LEARNT 96

// What is known of where a thread keeps its frames: what the next unwind copies. One per thread, zeroed when it is new.
struct tl_unwind_memo {
    struct {
        uint64_t addr, end, used_end;
    } chunks[TL_MAX_CHUNKS];  // of the data stack, newest first
    int chunk_count;
    uint64_t top;             // end of the newest frame when last seen
    uint64_t high;            // the highest top of late
    struct {
        uint64_t frame;
        uint32_t used;        // unwind of this thread that last met it
    } learnt[TL_MAX_LEARNT];  // frames outside the data stack: generators, the interpreter's entry frames on the C stack
    int learnt_count;
    uint32_t unwinds;
};

struct tl_unwinder;

struct tl_unwinder *tl_unwinder_new(const struct tl_target *target);
void tl_unwinder_free(struct tl_unwinder *unwinder);

enum tl_unwind_result tl_unwind(struct tl_unwinder *unwinder, uint64_t tstate, uint64_t interp,
                                struct tl_unwind_memo *memo, struct tl_unwound *out);

#endif
