#define _GNU_SOURCE
#include "memory.h"

#include <errno.h>
#include <sys/uio.h>

// Beyond this lie no user addresses on the machines we support (47 bits on x86-64, 48 on aarch64; 52- and 57-bit
// address spaces are only given out on request, and no interpreter asks).
#define ADDRESS_END ((uint64_t)1 << 48)

// Nothing is ever mapped in the first page; small integers are a common kind of garbage.
#define ADDRESS_START ((uint64_t)4096)

uint64_t tl_addr(uint64_t addr, uint64_t offset)
{
    if (addr < ADDRESS_START || addr >= ADDRESS_END || offset >= ADDRESS_END || addr + offset >= ADDRESS_END) {
        return 0;
    }
    return addr + offset;
}

static bool readable_range(uint64_t addr, size_t size)
{
    return tl_addr(addr, size) != 0;
}

int tl_read(const struct tl_memory *memory, uint64_t addr, void *into, size_t size)
{
    if (!readable_range(addr, size)) {
        errno = EFAULT;
        return -1;
    }
    struct iovec local = {.iov_base = into, .iov_len = size};
    struct iovec remote = {.iov_base = (void *)(uintptr_t)addr, .iov_len = size};
    ssize_t got = process_vm_readv(memory->pid, &local, 1, &remote, 1, 0);
    if (got < 0) {
        return -1;
    }
    if ((size_t)got != size) {
        errno = EFAULT;
        return -1;
    }
    return 0;
}

int tl_read_spans(const struct tl_memory *memory, const struct tl_span *spans, int count)
{
    struct iovec local[TL_MAX_SPANS];
    struct iovec remote[TL_MAX_SPANS];
    int usable = 0;
    while (usable < count && usable < TL_MAX_SPANS && readable_range(spans[usable].addr, spans[usable].size)) {
        local[usable] = (struct iovec){.iov_base = spans[usable].into, .iov_len = spans[usable].size};
        remote[usable] = (struct iovec){.iov_base = (void *)(uintptr_t)spans[usable].addr, .iov_len = spans[usable].size};
        usable++;
    }
    if (usable == 0) {
        return 0;
    }
    ssize_t got = process_vm_readv(memory->pid, local, (unsigned long)usable, remote, (unsigned long)usable, 0);
    if (got < 0) {
        return errno == EFAULT ? 0 : -1;
    }
    int whole = 0;
    for (size_t left = (size_t)got; whole < usable && left >= spans[whole].size; whole++) {
        left -= spans[whole].size;
    }
    return whole;
}
