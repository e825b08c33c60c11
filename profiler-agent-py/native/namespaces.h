// Thread ids as this process sees them. A process in a container has ids of its own, and its interpreter knows only those.
#ifndef TL_NAMESPACES_H
#define TL_NAMESPACES_H

#include <sys/types.h>

// The id under which we see the thread that the process itself calls `inner`; `inner` where both see the same ids, 0 when
// there is no such thread.
pid_t tl_outer_tid(pid_t pid, pid_t inner);

#endif
