// The strings, frames and stacks of a stream: each distinct one gets a number, in order of arrival, and one row in the
// batch in which it first appears.
#ifndef TL_STACKS_H
#define TL_STACKS_H

#include "batch.h"

// Limits that a program must not be able to push the agent's memory past; at most about 200 MB.
#define TL_MAX_STRINGS (1 << 20)
#define TL_MAX_FRAMES (1 << 21)
#define TL_MAX_STACKS (1 << 23)

struct tl_stacks;

struct tl_stacks *tl_stacks_new(void);
void tl_stacks_free(struct tl_stacks *stacks);

// Where definitions go from now on.
void tl_stacks_into(struct tl_stacks *stacks, struct tl_batch *batch);

// The number of each, or -1 when the table is full or memory is short.
int32_t tl_string_id(struct tl_stacks *stacks, const char *text, int32_t length);
int32_t tl_frame_id(struct tl_stacks *stacks, int32_t function, int32_t file, int32_t first_line, int32_t line);
int32_t tl_stack_id(struct tl_stacks *stacks, int32_t parent, int32_t frame);

#endif
