// What /proc says about one thread: /proc/PID/task/TID/{syscall,schedstat,stat}, with the descriptors kept, because opening costs more than reading.
#ifndef TL_TASK_FILES_H
#define TL_TASK_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct tl_task_dir {
    int fd;       // /proc/PID/task
    int highest;  // descriptors above this number are not kept, so that the process always has some to spare
};

// All zero is not closed: use TL_TASK_FILES_CLOSED.
struct tl_task_files {
    pid_t tid;
    int call, times, stat;
};
#define TL_TASK_FILES_CLOSED(id) ((struct tl_task_files){.tid = (id), .call = -1, .times = -1, .stat = -1})

// Raises the limit on open descriptors as far as it goes. Returns 0 or -errno.
int tl_task_dir_open(struct tl_task_dir *dir, pid_t pid);
void tl_task_dir_close(struct tl_task_dir *dir);
void tl_task_files_close(struct tl_task_files *files);

enum tl_task_answer {
    TL_TASK_OK,
    TL_TASK_GONE,
    TL_TASK_REFUSED,
    TL_TASK_RUNNING, // only tl_task_call: the thread is not blocked, so there is nothing to tell
};

struct tl_task_call {
    int32_t number;   // of the system call; -1: blocked outside of one
    uint64_t args[6];
    uint64_t sp;
};

struct tl_task_times {
    uint64_t cpu_ns;   // on a core
    uint64_t delay_ns; // ready without a core
    uint64_t turns;    // how often it got a core
};

struct tl_task_stat {
    char letter;
    int16_t core;
};

enum tl_task_answer tl_task_call(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_call *into);
enum tl_task_answer tl_task_times(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_times *into);
enum tl_task_answer tl_task_stat(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_stat *into);

#endif
