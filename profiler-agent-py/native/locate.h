// Finding the interpreter's runtime structure in another process, with or without symbols.
#ifndef TL_LOCATE_H
#define TL_LOCATE_H

#include "memory.h"

struct tl_location {
    uint64_t runtime;     // address of _PyRuntime, 0 when none with the cookie was found
    uint64_t map_start;   // the mapping it lies in
    uint64_t map_end;
    bool old_runtime;     // a runtime section was found, but without the cookie that 3.13 introduced
    bool mapped_python;   // some mapped file is called python…, whatever is in it
    int name_major;       // the version in that file's name, 0 where it has none: python3.11, libpython3.8.so
    int name_minor;
    char program[256];    // base name of the program
};

// 0, or -1 with errno when /proc refuses or the process is gone.
int tl_locate(const struct tl_memory *memory, struct tl_location *location);

#endif
