#include "sections.h"

// Critical sections inside one another that are followed.
#define MAX_SECTIONS 8

// The low bits of `critical_section`: let go of while the thread is detached; of two objects (Include/internal/pycore_critical_section.h).
#define INACTIVE 1
#define TWO 2
#define BITS 3

bool tl_is_in_section(const struct tl_target *target, uint64_t tstate, uint64_t mutex)
{
    uint64_t section = tl_read_pointer(&target->memory, tl_addr(tstate, target->offsets.thread.critical_section));
    for (int i = 0; section && !(section & INACTIVE) && i < MAX_SECTIONS; i++) {
        uint64_t members[3] = {0}; // the section around it, mutex, second mutex
        size_t size = section & TWO ? sizeof members : 2 * sizeof *members;
        if (tl_read(&target->memory, tl_addr(section & ~(uint64_t)BITS, 0), members, size) != 0) {
            return false;
        }
        if (members[1] == mutex || members[2] == mutex) {
            return true;
        }
        section = members[0];
    }
    return false;
}
