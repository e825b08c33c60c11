// Reading the memory of another process: never a dereference of what was read, never an address sum that can wrap.
#ifndef TL_MEMORY_H
#define TL_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct tl_memory {
    pid_t pid;
};

// One piece of the target's memory and where its copy goes.
struct tl_span {
    uint64_t addr;
    size_t size;
    void *into;
};

// The most spans one tl_read_spans call takes (what the kernel allows in one process_vm_readv).
#define TL_MAX_SPANS 1024

// Reads all `size` bytes or fails: 0, or -1 with errno (EFAULT: not readable, ESRCH: the process is gone, EPERM: refused).
int tl_read(const struct tl_memory *memory, uint64_t addr, void *into, size_t size);

// Reads the spans with one system call, in order. Returns how many of them, from the first on, were read whole;
// what comes after the first that was not is undefined. -1 with errno when nothing could be read because the
// process is gone or refuses.
int tl_read_spans(const struct tl_memory *memory, const struct tl_span *spans, int count);

// addr + offset where that is a plausible user address of the target, else 0 (which no read succeeds on).
uint64_t tl_addr(uint64_t addr, uint64_t offset);

static inline uint64_t tl_u64(const void *at)
{
    uint64_t value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

static inline uint32_t tl_u32(const void *at)
{
    uint32_t value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

static inline int32_t tl_i32(const void *at)
{
    int32_t value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

static inline uint16_t tl_u16(const void *at)
{
    uint16_t value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

// A pointer member of the target at addr; 0 when it cannot be read.
static inline uint64_t tl_read_pointer(const struct tl_memory *memory, uint64_t addr)
{
    uint64_t value = 0;
    return tl_read(memory, addr, &value, sizeof value) == 0 ? value : 0;
}

#endif
