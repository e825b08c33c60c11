// What is known of the target's code objects: names, lines, and whether the object at an address is still the same one.
#ifndef TL_CODE_H
#define TL_CODE_H

#include "blocks.h"
#include "lines.h"
#include "stacks.h"
#include "unwind.h"

// The part of a code object that tells it from any other that ever lay at its address: first line to location table,
// among them a version number that is given out once.
#define TL_MAX_IDENTITY 160

struct tl_code {
    uint64_t addr;
    uint64_t serial;            // no two code objects of a recording share it
    int32_t function;           // string
    int32_t file;               // string
    int32_t first_line;
    uint8_t role;               // enum tl_role
    bool hidden;                // an object of the interpreter's own, with no source
    struct tl_lines lines;
    struct tl_blocks blocks;
    uint32_t locals;            // words of a frame before its value stack
    uint32_t stack_size;        // words of its value stack
    uint32_t size;              // bytes of bytecode
    uint64_t base;              // address of the bytecode that all threads share
    uint64_t *copies;           // 3.14+ free-threaded: addresses of the threads' own copies, by index; 0 not there yet
    int32_t copy_count;
    uint32_t copies_generation; // of the interpreter's indices when they were read
    uint64_t checked_interp;    // when it was last known to be the same: the interpreter and its count of freed objects
    uint64_t checked_generation;
    uint8_t identity[TL_MAX_IDENTITY];
};

struct tl_codes;

struct tl_codes *tl_codes_new(const struct tl_target *target, struct tl_stacks *stacks);
void tl_codes_free(struct tl_codes *codes);

// Makes sure that what is known of the code of these frames still holds; two system calls at most for those known, a few
// for each that is new. To be called right after the frames were read, before tl_code_of them.
void tl_codes_refresh(struct tl_codes *codes, uint64_t interp, const struct tl_unwound *unwound);

// False once an exception table was not where this version is known to have it: the blocks of all code are unknown then.
bool tl_codes_know_blocks(const struct tl_codes *codes);

// NULL when there is no code object at the address.
struct tl_code *tl_code_of(struct tl_codes *codes, uint64_t addr);

// Where in the bytecode the instruction is that a frame executes. False when it is not in this code: a frame that was being
// made while it was read still has that of the one before it.
bool tl_code_offset(struct tl_codes *codes, struct tl_code *code, const struct tl_frame *frame, uint32_t tlbc_generation, uint32_t *offset);

#endif
