// Where things are inside a CPython process: the interpreter's own table of offsets, found, checked, and brought to
// one shape for 3.13, 3.14 and 3.15, free-threaded and GIL builds.
#ifndef TL_OFFSETS_H
#define TL_OFFSETS_H

#include "memory.h"

// An offset that this version does not have.
#define TL_ABSENT UINT32_MAX

// In the status of a thread state: its thread has given it up, and will never run Python in it again.
#define TL_UNBOUND 4

// Offsets in bytes from the start of the structure that the group is named after. Those marked (derived) are not in
// the interpreter's table; they follow from neighbours in structures whose order the minor version fixes.
struct tl_offsets {
    struct {
        uint32_t size, finalizing, interpreters_head;
    } runtime;
    struct {
        uint32_t size, id, next, threads_head;
        uint32_t threads_main;       // absent in 3.13
        uint32_t gc, imports_modules;
        uint32_t ceval_gil;          // holds a pointer to the GIL the interpreter uses
        uint32_t code_generation;    // a uint64 that changes when a code object is freed; absent in 3.13
        uint32_t tlbc_generation;    // a uint32 that changes when a thread gets or gives back its own bytecode copies
    } interp;
    struct {
        uint32_t enabled;            // absent in GIL builds, where the GIL is always on
        uint32_t locked, holder;     // from the start of the GIL that interp.ceval_gil points to
    } gil;
    struct {
        uint32_t size, prev, next, interp, current_frame;
        uint32_t base_frame;         // 3.15: the frame every stack ends at
        uint32_t thread_id, native_thread_id;
        uint32_t id;                 // a uint64, given out anew to every thread state (derived)
        uint32_t critical_section;   // (derived)
        uint32_t datastack_chunk;
        uint32_t datastack_top;      // (derived)
        uint32_t datastack_limit;    // (derived)
        uint32_t status;             // a word of bits, see TL_UNBOUND
        uint32_t holds_gil;          // an int; absent in 3.13, where it is bit 5 of status (derived in 3.14)
        uint32_t gil_requested;      // an int; 3.15 only
        uint32_t state;              // an int: 0 detached, 1 attached, 2 suspended, 3 shutting down (derived)
        uint32_t head;               // bytes from the start that cover every member above (derived)
    } thread;
    struct {
        uint32_t size, previous, executable, instr_ptr, localsplus, owner;
        uint32_t tlbc_index;         // an int32; only in free-threaded builds of 3.14+
        uint32_t shim_owner;         // owners from this value on are the interpreter's own entry frames (derived)
    } frame;
    struct {
        uint32_t size, filename, name, qualname, linetable, firstlineno, localsplusnames, code;
        uint32_t exceptiontable;     // (derived)
        uint32_t stacksize;          // an int, in words (derived)
        uint32_t nlocalsplus;        // an int (derived)
        uint32_t tlbc;               // only in free-threaded builds of 3.14+
        uint32_t version;            // a uint32, given out anew to every code object (derived)
    } code;
    struct {
        uint32_t size, ob_type;
    } object;
    struct {
        uint32_t tp_name, tp_flags;
        uint32_t tp_basicsize;       // (derived)
        uint32_t tp_dict;            // (derived)
    } type;
    struct {
        uint32_t ob_size, ob_sval;
    } bytes;
    struct {
        uint32_t state, length, ascii_size;
        uint32_t compact_size;       // (derived before 3.15)
        uint32_t kind_bit;           // where in the state word the character size begins: 3 bits, then compact, ascii (derived)
    } unicode;
    struct {
        uint32_t collecting;
    } gc;
};

// A process that was found to run a CPython we know.
struct tl_target {
    pid_t pid;
    struct tl_memory memory;
    struct tl_offsets offsets;
    uint64_t runtime;          // address of _PyRuntime
    uint64_t map_start;        // the mapping of the module that holds it
    uint64_t map_end;
    uint64_t main_interp;      // address of the main interpreter's state
    uint32_t version;          // PY_VERSION_HEX
    int minor;                 // 13, 14, 15
    bool free_threaded;        // of the build; whether the GIL is on is another question
    char version_text[32];     // "3.14.7", "3.15.0rc1"
};

// What can be wrong with a process someone wants to look into.
enum tl_fault {
    TL_OK = 0,
    TL_NO_SUCH_PROCESS = 1,
    TL_NOT_PYTHON = 2,
    TL_TOO_OLD = 3,        // a Python before 3.13
    TL_UNKNOWN_VERSION = 4,
    TL_NO_PERMISSION = 5,
    TL_NOT_READY = 6,      // the interpreter is still starting, or ending
    TL_BAD_LAYOUT = 7,     // its table and its memory disagree
    TL_FAILED = 8,         // anything else, in words
};

// Finds the interpreter in a process and fills in *target. On a fault `error` gets one line that says what and what to do.
enum tl_fault tl_target_open(struct tl_target *target, pid_t pid, char *error, size_t error_size);

#endif
