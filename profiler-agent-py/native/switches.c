#define _GNU_SOURCE
#include "switches.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// PERF_RECORD_SWITCH with the fields asked for below. Its size divides the ring's, so a record never wraps around the end.
struct switch_record {
    struct perf_event_header header;
    uint32_t pid, tid;
    uint64_t time;
    uint32_t cpu, reserved;
};
_Static_assert(sizeof(struct switch_record) == TL_SWITCH_SIZE, "the kernel's record is 32 bytes");

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

int tl_ring_open(struct tl_ring *ring, pid_t tid)
{
    struct perf_event_attr attr = {
        .type = PERF_TYPE_SOFTWARE,
        .size = sizeof attr,
        .config = PERF_COUNT_SW_DUMMY,
        .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU,
        .sample_id_all = 1,
        .context_switch = 1,
        .exclude_kernel = 1, // all that an unprivileged user may ask for; switches are reported all the same
        .exclude_hv = 1,
        .use_clockid = 1,
        .clockid = CLOCK_MONOTONIC,
        .write_backward = 1,
    };
    int fd = (int)syscall(SYS_perf_event_open, &attr, tid, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    // A read-only mapping is what makes the kernel overwrite instead of stop. It also keeps the event alive, so the descriptor can go.
    void *pages = mmap(NULL, 2 * page_size(), PROT_READ, MAP_SHARED, fd, 0);
    int error = errno;
    close(fd);
    if (pages == MAP_FAILED) {
        return error == EPERM ? -ENOMEM : -error; // how the kernel says that the share of locked memory is used up
    }
    ring->pages = pages;
    return 0;
}

void tl_ring_close(struct tl_ring *ring)
{
    if (ring->pages != NULL) {
        munmap(ring->pages, 2 * page_size());
        ring->pages = NULL;
    }
}

uint64_t tl_ring_head(const struct tl_ring *ring)
{
    const struct perf_event_mmap_page *page = ring->pages;
    return __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

uint64_t tl_ring_capacity(const struct tl_ring *ring)
{
    return ((const struct perf_event_mmap_page *)ring->pages)->data_size / TL_SWITCH_SIZE;
}

bool tl_ring_read(const struct tl_ring *ring, uint64_t at, struct tl_switch *into)
{
    const struct perf_event_mmap_page *page = ring->pages;
    if (at == 0 || page->data_size == 0) {
        return false;
    }
    struct switch_record record;
    memcpy(&record, (const char *)ring->pages + page->data_offset + (at & (page->data_size - 1)), sizeof record);
    // The kernel writes a record before it moves the head: the oldest may be half written over.
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    if (at - tl_ring_head(ring) > page->data_size - 2 * sizeof record) {
        return false;
    }
    if (record.header.type != PERF_RECORD_SWITCH || record.header.size != sizeof record) {
        return false;
    }
    bool out = record.header.misc & PERF_RECORD_MISC_SWITCH_OUT;
    bool ready = record.header.misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT;
    *into = (struct tl_switch){
        .kind = !out ? TL_SWITCH_IN : ready ? TL_SWITCH_PREEMPTED : TL_SWITCH_OUT,
        .core = (int16_t)record.cpu,
        .time = record.time,
    };
    return true;
}
