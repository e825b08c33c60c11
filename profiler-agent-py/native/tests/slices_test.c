// Slices out of rings that this program writes itself, the way the kernel does: what is told is true, and what is not told is counted.
// slices_test SEEDS
#include "slices.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 4096
#define RECORDS (PAGE / TL_SWITCH_SIZE)
#define READABLE (RECORDS - 1) // the oldest may be half written over
#define MAX_TRUTH 100000

#define CHECK(truth) check((truth), #truth, __LINE__)

static const char *about = "";

static void check(bool truth, const char *text, int line)
{
    if (!truth) {
        fprintf(stderr, "%s, line %d: %s\n", about, line, text);
        exit(1);
    }
}

struct thread {
    _Alignas(8) char pages[2 * PAGE];
    struct tl_ring ring;
    struct tl_stay stay;
    struct tl_slice truth[MAX_TRUTH]; // ended, in order
    int ended;
    bool on;
    int64_t time;
};

static struct perf_event_mmap_page *page_of(struct thread *thread)
{
    return (struct perf_event_mmap_page *)thread->pages;
}

static void start(struct thread *thread)
{
    memset(thread, 0, sizeof *thread);
    page_of(thread)->data_offset = PAGE;
    page_of(thread)->data_size = PAGE;
    thread->ring.pages = thread->pages;
}

static void put(struct thread *thread, uint16_t misc, int16_t core)
{
    struct {
        struct perf_event_header header;
        uint32_t pid, tid;
        uint64_t time;
        uint32_t cpu, reserved;
    } record = {.header = {.type = PERF_RECORD_SWITCH, .misc = misc, .size = TL_SWITCH_SIZE}, .time = (uint64_t)thread->time, .cpu = (uint32_t)core};
    uint64_t head = page_of(thread)->data_head - TL_SWITCH_SIZE;
    memcpy(thread->pages + PAGE + head % PAGE, &record, sizeof record);
    page_of(thread)->data_head = head;
}

static void get_core(struct thread *thread, int16_t core, int64_t after)
{
    thread->time += after;
    thread->on = true;
    thread->truth[thread->ended] = (struct tl_slice){.core = core, .start = thread->time};
    put(thread, 0, core);
}

static void give_up(struct thread *thread, int64_t after)
{
    thread->time += after;
    thread->on = false;
    struct tl_slice *slice = &thread->truth[thread->ended++];
    slice->end = thread->time;
    put(thread, thread->ended % 2 ? PERF_RECORD_MISC_SWITCH_OUT : PERF_RECORD_MISC_SWITCH_OUT | PERF_RECORD_MISC_SWITCH_OUT_PREEMPT, slice->core);
}

static void take_turns(struct thread *thread, int turns)
{
    for (int i = 0; i < turns; i++) {
        get_core(thread, (int16_t)(i % 5), 10);
        give_up(thread, 10);
    }
}

static void follow(struct thread *thread, struct tl_slices *slices)
{
    tl_stay_follow(&thread->stay, &thread->ring, tl_ring_head(&thread->ring), slices);
}

static struct tl_slices slices;
static struct tl_batch batch;
static struct thread one;

static void begin(const char *what)
{
    about = what;
    memset(&slices, 0, sizeof slices);
    tl_batch_clear(&batch);
    start(&one);
}

static int told(void)
{
    return batch.tables[TL_SLICES].rows;
}

static struct tl_slice row(int i)
{
    void **columns = batch.tables[TL_SLICES].columns;
    return (struct tl_slice){.thread = ((int32_t *)columns[0])[i], .core = ((int16_t *)columns[1])[i], .start = ((int64_t *)columns[2])[i],
                             .end = ((int64_t *)columns[3])[i]};
}

static bool is_told(int i, int16_t core, int64_t from, int64_t to)
{
    struct tl_slice slice = row(i);
    return slice.thread == 7 && slice.core == core && slice.start == from && slice.end == to;
}

static void wrap_around(void)
{
    begin("rings that are read in time");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    int turns = 0;
    while (turns < 10 * RECORDS) {
        int some = 1 + turns % (READABLE / 2);
        take_turns(&one, some);
        turns += some;
        follow(&one, &slices);
        CHECK(slices.lost == 0);
        tl_slices_tell(&slices, &batch, one.time);
    }
    CHECK(told() == turns);
    for (int i = 0; i < turns; i++) {
        CHECK(is_told(i, one.truth[i].core, one.truth[i].start, one.truth[i].end));
    }
}

static void overwritten(void)
{
    begin("a ring as full as can be read");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    get_core(&one, 3, 10);
    follow(&one, &slices);
    give_up(&one, 10);
    take_turns(&one, (READABLE - 1) / 2);
    follow(&one, &slices);
    CHECK(slices.lost == 0 && slices.count == (READABLE - 1) / 2 + 1);

    begin("one switch more");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    get_core(&one, 3, 10);
    follow(&one, &slices);
    slices.read_until = 15;
    give_up(&one, 10);
    take_turns(&one, (READABLE - 1) / 2);
    get_core(&one, 4, 10);
    follow(&one, &slices);
    CHECK(slices.lost == 1 && slices.lost_from == 10); // its end is not known: nothing is known since it began
    CHECK(slices.count == (READABLE - 1) / 2);
    CHECK(slices.ended[0].start == one.truth[1].start);

    begin("overwritten many times");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    follow(&one, &slices);
    slices.read_until = 5;
    take_turns(&one, 50 * RECORDS);
    follow(&one, &slices);
    CHECK(slices.count == READABLE / 2 && slices.lost == 50 * RECORDS - READABLE / 2 && slices.lost_from == 5);
    tl_slices_tell(&slices, &batch, one.time);
    CHECK(batch.tables[TL_EVENTS].rows == 1);
    CHECK(((int64_t *)batch.tables[TL_EVENTS].columns[0])[0] == 5);
    CHECK(((int64_t *)batch.tables[TL_EVENTS].columns[2])[0] == 50 * RECORDS - READABLE / 2);
    tl_slices_tell(&slices, &batch, one.time + 10);
    CHECK(batch.tables[TL_EVENTS].rows == 2); // from here on all are told again
    CHECK(((int64_t *)batch.tables[TL_EVENTS].columns[0])[1] == one.time);
    CHECK(((int64_t *)batch.tables[TL_EVENTS].columns[2])[1] == 0);
    tl_slices_tell(&slices, &batch, one.time + 20);
    CHECK(batch.tables[TL_EVENTS].rows == 2);
}

static void lid(void)
{
    begin("more than a batch takes");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    for (int i = 0; i < 100; i++) {
        take_turns(&one, 50);
        follow(&one, &slices);
    }
    get_core(&one, 2, 10);
    follow(&one, &slices);
    CHECK(slices.count == TL_MAX_SLICES && slices.lost == 100 * 50 - TL_MAX_SLICES);
    tl_stay_cut(&one.stay, &slices, one.time + 5); // no room: it goes on from where it began
    tl_slices_tell(&slices, &batch, one.time + 5);
    CHECK(told() == TL_MAX_SLICES);
    give_up(&one, 10);
    follow(&one, &slices);
    tl_slices_tell(&slices, &batch, one.time);
    CHECK(told() == TL_MAX_SLICES + 1 && is_told(TL_MAX_SLICES, 2, one.time - 10, one.time));
}

static void cuts(void)
{
    begin("a stay that goes on");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    get_core(&one, 2, 100);
    follow(&one, &slices);
    tl_stay_cut(&one.stay, &slices, 90); // before it began
    tl_stay_cut(&one.stay, &slices, 150);
    tl_stay_cut(&one.stay, &slices, 150);
    tl_slices_tell(&slices, &batch, 150);
    give_up(&one, 49); // it had ended by then, and the kernel was late to say so
    follow(&one, &slices);
    get_core(&one, 2, 61);
    give_up(&one, 10);
    follow(&one, &slices);
    tl_slices_tell(&slices, &batch, 215); // the last ended later
    CHECK(told() == 1 && is_told(0, 2, 100, 150) && slices.lost == 0);
    tl_slices_tell(&slices, &batch, 220);
    CHECK(told() == 2 && is_told(1, 2, 210, 220));

    begin("the kernel was late to say that it came and went");
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    tl_slices_tell(&slices, &batch, 100);
    take_turns(&one, 1);
    follow(&one, &slices);
    CHECK(slices.count == 0 && slices.lost == 1);

    begin("two threads");
    static struct thread other;
    start(&other);
    tl_stay_begin(&one.stay, &one.ring, 7, 1);
    tl_stay_begin(&other.stay, &other.ring, 8, 1);
    take_turns(&one, 2);
    take_turns(&other, 1);
    follow(&one, &slices);
    follow(&other, &slices);
    tl_slices_tell(&slices, &batch, 100);
    CHECK(told() == 3 && row(0).end == 20 && row(1).end == 20 && row(2).end == 40);
}

static void beginnings(void)
{
    begin("met on a core, before any switch");
    tl_stay_begin(&one.stay, &one.ring, 7, 50);
    one.time = 60;
    one.truth[0].core = 1;
    give_up(&one, 10);
    follow(&one, &slices);
    CHECK(slices.count == 1 && slices.ended[0].start == 50 && slices.ended[0].end == 70 && slices.ended[0].core == 1);

    begin("met after it got a core");
    get_core(&one, 1, 10);
    tl_stay_begin(&one.stay, &one.ring, 7, 50);
    give_up(&one, 60);
    follow(&one, &slices);
    CHECK(slices.count == 1 && slices.ended[0].start == 50 && slices.ended[0].end == 70);

    begin("it got a core while it was met");
    get_core(&one, 1, 10);
    tl_stay_begin(&one.stay, &one.ring, 7, 5);
    tl_stay_cut(&one.stay, &slices, 15);
    CHECK(slices.count == 1 && slices.ended[0].start == 10 && slices.ended[0].end == 15);

    begin("met off its core");
    take_turns(&one, 1);
    tl_stay_begin(&one.stay, &one.ring, 7, 50);
    tl_stay_cut(&one.stay, &slices, 60);
    get_core(&one, 1, 80);
    give_up(&one, 5);
    follow(&one, &slices);
    CHECK(slices.count == 1 && slices.ended[0].start == 100);
}

// Whatever the order of switches, looks and cuts: what is told adds up to slices of the truth, and the others are counted.
static void at_random(unsigned seed)
{
    begin("at random");
    srand(seed);
    tl_stay_begin(&one.stay, &one.ring, 7, 0);
    int64_t lost = 0, until = 0;
    while (one.ended < MAX_TRUTH / 10) {
        int some = rand() % (rand() % 4 ? READABLE : 3 * RECORDS);
        for (int i = 0; i < some; i++) {
            if (one.on) {
                give_up(&one, 1 + rand() % 100);
            } else {
                get_core(&one, (int16_t)(rand() % 3), 1 + rand() % 100);
            }
        }
        follow(&one, &slices);
        if (rand() % 3 == 0) {
            until = one.time - rand() % 50 > until ? one.time - rand() % 50 : until;
            tl_stay_cut(&one.stay, &slices, until);
            lost += slices.lost;
            tl_slices_tell(&slices, &batch, until);
        }
    }
    if (one.on) {
        give_up(&one, 1);
    }
    follow(&one, &slices);
    lost += slices.lost;
    tl_slices_tell(&slices, &batch, one.time);
    int whole = 0, of = 0;
    for (int i = 0; i < told(); i++) {
        struct tl_slice slice = row(i);
        while (of < one.ended && one.truth[of].end < slice.end) {
            of++;
        }
        CHECK(of < one.ended && one.truth[of].core == slice.core && one.truth[of].start <= slice.start && slice.start < slice.end);
        CHECK(i == 0 || row(i - 1).end <= slice.start);
        whole += slice.end == one.truth[of].end;
    }
    CHECK(whole + lost == one.ended);
    CHECK(lost > 0 && whole > 0);
}

int main(int count, char **words)
{
    if (count != 2) {
        return 2;
    }
    wrap_around();
    overwritten();
    lid();
    cuts();
    beginnings();
    for (int seed = 0; seed < atoi(words[1]); seed++) {
        at_random((unsigned)seed);
    }
    tl_batch_free(&batch);
    return 0;
}
