// Looks at a process again and again from fresh sessions, and takes what they saw: what the sanitizers watch.
// driver PID SECONDS RATE
#include "threadlens.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Touches every byte that is handed over.
static unsigned long sum(const struct tl_batch *batch)
{
    unsigned long total = 0;
    for (int32_t i = 0; i < batch->tables[TL_SAMPLES].rows; i++) {
        total += (unsigned long)((const int32_t *)batch->tables[TL_SAMPLES].columns[2])[i];
    }
    for (int32_t i = 0; i < batch->text_size; i++) {
        total += (unsigned char)batch->text[i];
    }
    return total;
}

int main(int count, char **words)
{
    if (count != 4) {
        return 2;
    }
    pid_t pid = (pid_t)atoi(words[1]);
    double end = seconds() + atof(words[2]);
    double rate = atof(words[3]);
    struct tl_counters counters = {0};
    unsigned long total = 0;
    int64_t samples = 0;
    int sessions = 0;
    while (seconds() < end) {
        char error[512];
        int fault;
        struct tl_session *session = tl_open(pid, &fault, error, sizeof error);
        if (!session) {
            printf("refused: %s\n", error);
            break;
        }
        sessions++;
        tl_start(session, rate);
        for (int i = 0; i < 10 && tl_alive(session) && seconds() < end; i++) {
            usleep(50000);
            total += sum(tl_take(session, &counters));
        }
        samples += counters.samples;
        tl_close(session);
    }
    printf("%d sessions, %ld samples, checksum %lu\n", sessions, (long)samples, total);
    return 0;
}
