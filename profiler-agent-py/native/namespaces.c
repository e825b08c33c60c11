#include "namespaces.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The innermost of the ids a thread has in nested namespaces, 0 when it is gone.
static pid_t innermost_id(pid_t pid, const char *tid)
{
    char path[64], line[256];
    pid_t id = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/status", (int)pid, tid);
    FILE *file = fopen(path, "re");
    if (!file) {
        return 0;
    }
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "NSpid:", 6) == 0) {
            char *last = strrchr(line, '\t');
            id = (pid_t)atoi(last ? last + 1 : line + 6);
            break;
        }
    }
    fclose(file);
    return id;
}

pid_t tl_outer_tid(pid_t pid, pid_t inner)
{
    char tid[24], path[32];
    snprintf(tid, sizeof tid, "%d", (int)inner);
    if (innermost_id(pid, tid) == inner) {
        return inner;
    }
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *tasks = opendir(path);
    pid_t outer = 0;
    for (struct dirent *task; tasks && !outer && (task = readdir(tasks));) {
        if (task->d_name[0] != '.' && innermost_id(pid, task->d_name) == inner) {
            outer = (pid_t)atoi(task->d_name);
        }
    }
    if (tasks) {
        closedir(tasks);
    }
    return outer;
}
