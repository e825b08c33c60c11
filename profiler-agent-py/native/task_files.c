#define _GNU_SOURCE
#include "task_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// Left for everything else the process opens.
#define SPARE_DESCRIPTORS 128

int tl_task_dir_open(struct tl_task_dir *dir, pid_t pid)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return -errno;
    }
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t before = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            limit.rlim_cur = before;
        }
    }
    dir->highest = limit.rlim_cur > INT32_MAX ? INT32_MAX : (int)limit.rlim_cur - SPARE_DESCRIPTORS;

    char path[48];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    dir->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return dir->fd < 0 ? -errno : 0;
}

void tl_task_dir_close(struct tl_task_dir *dir)
{
    close(dir->fd);
}

void tl_task_files_close(struct tl_task_files *files)
{
    int *fds[] = {&files->call, &files->times, &files->stat};
    for (int i = 0; i < 3; i++) {
        if (*fds[i] >= 0) {
            close(*fds[i]);
            *fds[i] = -1;
        }
    }
}

static enum tl_task_answer read_text(const struct tl_task_dir *dir, pid_t tid, const char *name, int *kept, char *text, size_t size)
{
    int fd = *kept;
    if (fd < 0) {
        char path[48];
        snprintf(path, sizeof path, "%d/%s", (int)tid, name);
        fd = openat(dir->fd, path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            return errno == ENOENT || errno == ESRCH ? TL_TASK_GONE : TL_TASK_REFUSED;
        }
    }
    ssize_t got = pread(fd, text, size - 1, 0);
    int error = errno;
    if (fd <= dir->highest) {
        *kept = fd;
    } else {
        close(fd);
    }
    if (got <= 0) {
        return got == 0 || error == ESRCH ? TL_TASK_GONE : TL_TASK_REFUSED;
    }
    text[got] = '\0';
    return TL_TASK_OK;
}

enum tl_task_answer tl_task_call(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_call *into)
{
    char text[256];
    enum tl_task_answer answer = read_text(dir, files->tid, "syscall", &files->call, text, sizeof text);
    if (answer != TL_TASK_OK) {
        return answer;
    }
    if (text[0] == 'r') { // "running"
        return TL_TASK_RUNNING;
    }
    char *at = text;
    *into = (struct tl_task_call){.number = (int32_t)strtol(at, &at, 10)};
    if (into->number >= 0) {
        for (int i = 0; i < 6; i++) {
            into->args[i] = strtoull(at, &at, 16);
        }
    }
    into->sp = strtoull(at, &at, 16);
    return TL_TASK_OK;
}

enum tl_task_answer tl_task_times(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_times *into)
{
    char text[96];
    enum tl_task_answer answer = read_text(dir, files->tid, "schedstat", &files->times, text, sizeof text);
    if (answer != TL_TASK_OK) {
        return answer;
    }
    char *at = text;
    into->cpu_ns = strtoull(at, &at, 10);
    into->delay_ns = strtoull(at, &at, 10);
    into->turns = strtoull(at, &at, 10);
    return TL_TASK_OK;
}

enum tl_task_answer tl_task_stat(const struct tl_task_dir *dir, struct tl_task_files *files, struct tl_task_stat *into)
{
    char text[1024];
    enum tl_task_answer answer = read_text(dir, files->tid, "stat", &files->stat, text, sizeof text);
    if (answer != TL_TASK_OK) {
        return answer;
    }
    // The name in parentheses may hold anything, parentheses and blanks too; the fields after it are plain.
    char *at = strrchr(text, ')');
    if (at == NULL || at[1] != ' ' || at[2] == '\0') {
        return TL_TASK_REFUSED;
    }
    at += 2;
    into->letter = *at;
    into->core = -1;
    for (int field = 3; field < 39 && at != NULL; field++) {
        at = strchr(at, ' ');
        at = at == NULL ? NULL : at + 1;
    }
    if (at != NULL) {
        into->core = (int16_t)strtol(at, NULL, 10);
    }
    return TL_TASK_OK;
}
