// The runtime and its interpreters, read anew at every tick with one system call: their threads, their GIL, their
// garbage collection.
#ifndef TL_INTERPRETERS_H
#define TL_INTERPRETERS_H

#include "offsets.h"

#define TL_MAX_INTERPRETERS 64

struct tl_interpreter {
    uint64_t addr;
    uint64_t next;
    uint64_t threads_head;
    uint64_t gil;            // address of the GIL it uses
    int32_t gil_word;        // free-threaded builds: 0 off, INT32_MAX on for good, else on while an extension is imported
    int32_t collecting;
    bool gil_enabled;        // now
    bool gil_for_good;
    uint64_t gil_holder;     // the thread state that has the GIL, 0 none
    uint64_t gil_switches;   // how often it has changed hands
    bool stopping;           // a stop of the world was asked for, or is on; never where `world` is not known
    uint64_t requester;      // the thread state that asked for it, 0 none
};

struct tl_interpreters {
    struct tl_interpreter items[TL_MAX_INTERPRETERS];
    int count;
    uint64_t finalizing;     // not 0 once the interpreter ends
    uint32_t world;          // offset of `stoptheworld` in an interpreter's state, 0 not known yet
    uint32_t world_guess;
};

enum tl_seen {
    TL_SEEN,
    TL_SEEN_NOTHING,  // the list was being changed; try again at the next tick
    TL_SEEN_END,      // no such runtime any more: the process ended or runs another program
};

enum tl_seen tl_interpreters_read(const struct tl_target *target, struct tl_interpreters *interpreters);

// Learns where `stoptheworld` is, which the interpreter's table does not tell. To be called until it is known: with the address of the event
// that a thread waits for after it asked for a stop, or with 0 while a thread waits for the world to go on. Then a request is under way, and
// names its requester; it is looked for in the interpreter's whole state. Where the stop is over by the time that is read, nothing is learnt.
void tl_interpreters_learn_world(const struct tl_target *target, struct tl_interpreters *interpreters, uint64_t interp, uint64_t event);

#endif
