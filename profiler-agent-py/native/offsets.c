#define _GNU_SOURCE
#include "offsets.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layouts.h"
#include "locate.h"

#define NEWEST_MINOR 15
#define TABLE_HEADER 3   // cookie, version, free-threaded flag
#define TABLE_WORDS 128  // more than any version has; what follows the table in the runtime is readable too

// No offset and no size of the structures in the table is greater (the largest, an interpreter's state, is 260 KiB).
#define PLAUSIBLE ((uint64_t)1 << 22)

struct layout {
    const char *const *names;
    size_t count;
};

static struct layout layout_of(int minor)
{
    switch (minor) {
    case 13:
        return (struct layout){layout_313, sizeof layout_313 / sizeof *layout_313};
    case 14:
        return (struct layout){layout_314, sizeof layout_314 / sizeof *layout_314};
    default:
        return (struct layout){layout_315, sizeof layout_315 / sizeof *layout_315};
    }
}

struct table {
    struct layout layout;
    uint64_t words[TABLE_WORDS];
};

static uint32_t entry(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->layout.count; i++) {
        if (strcmp(table->layout.names[i], name) == 0) {
            uint64_t value = table->words[TABLE_HEADER + i];
            return value < PLAUSIBLE ? (uint32_t)value : TL_ABSENT;
        }
    }
    return TL_ABSENT;
}

static int read_table(const struct tl_target *target, struct table *table)
{
    table->layout = layout_of(target->minor);
    size_t size = (TABLE_HEADER + table->layout.count) * sizeof(uint64_t);
    return tl_read(&target->memory, target->runtime, table->words, size);
}

static void normalise(const struct table *t, int minor, bool free_threaded, struct tl_offsets *o)
{
    o->runtime.size = entry(t, "runtime_state.size");
    o->runtime.finalizing = entry(t, "runtime_state.finalizing");
    o->runtime.interpreters_head = entry(t, "runtime_state.interpreters_head");

    o->interp.size = entry(t, "interpreter_state.size");
    o->interp.id = entry(t, "interpreter_state.id");
    o->interp.next = entry(t, "interpreter_state.next");
    o->interp.threads_head = entry(t, "interpreter_state.threads_head");
    o->interp.threads_main = entry(t, "interpreter_state.threads_main");
    o->interp.gc = entry(t, "interpreter_state.gc");
    o->interp.imports_modules = entry(t, "interpreter_state.imports_modules");
    o->interp.ceval_gil = entry(t, "interpreter_state.ceval_gil");
    o->interp.code_generation = entry(t, "interpreter_state.code_object_generation");
    o->interp.tlbc_generation = free_threaded ? entry(t, "interpreter_state.tlbc_generation") : TL_ABSENT;

    // The table gives these as offsets of the interpreter's own GIL; a subinterpreter may share another's.
    uint32_t own_gil = entry(t, "interpreter_state.gil_runtime_state");
    o->gil.enabled = free_threaded ? entry(t, "interpreter_state.gil_runtime_state_enabled") : TL_ABSENT;
    o->gil.locked = entry(t, "interpreter_state.gil_runtime_state_locked") - own_gil;
    o->gil.holder = entry(t, "interpreter_state.gil_runtime_state_holder") - own_gil;

    o->thread.size = entry(t, "thread_state.size");
    o->thread.prev = entry(t, "thread_state.prev");
    o->thread.next = entry(t, "thread_state.next");
    o->thread.interp = entry(t, "thread_state.interp");
    o->thread.current_frame = entry(t, "thread_state.current_frame");
    o->thread.base_frame = entry(t, "thread_state.base_frame");
    o->thread.thread_id = entry(t, "thread_state.thread_id");
    o->thread.native_thread_id = entry(t, "thread_state.native_thread_id");
    o->thread.critical_section = o->thread.native_thread_id + 16;
    o->thread.datastack_chunk = entry(t, "thread_state.datastack_chunk");
    o->thread.id = o->thread.datastack_chunk - 8;
    o->thread.datastack_top = o->thread.datastack_chunk + 8;
    o->thread.datastack_limit = o->thread.datastack_chunk + 16;
    o->thread.status = entry(t, "thread_state.status");
    o->thread.holds_gil = minor == 13 ? TL_ABSENT : o->thread.status + 4;
    o->thread.gil_requested = entry(t, "thread_state.gil_requested");
    o->thread.state = o->thread.status + (minor == 13 ? 8 : minor == 14 ? 12 : 16);
    o->thread.head = o->thread.datastack_limit + 8;

    o->frame.size = entry(t, "interpreter_frame.size");
    o->frame.previous = entry(t, "interpreter_frame.previous");
    o->frame.executable = entry(t, "interpreter_frame.executable");
    o->frame.instr_ptr = entry(t, "interpreter_frame.instr_ptr");
    o->frame.localsplus = entry(t, "interpreter_frame.localsplus");
    o->frame.owner = entry(t, "interpreter_frame.owner");
    o->frame.tlbc_index = free_threaded ? entry(t, "interpreter_frame.tlbc_index") : TL_ABSENT;
    o->frame.shim_owner = 3;

    o->code.size = entry(t, "code_object.size");
    o->code.filename = entry(t, "code_object.filename");
    o->code.name = entry(t, "code_object.name");
    o->code.qualname = entry(t, "code_object.qualname");
    o->code.linetable = entry(t, "code_object.linetable");
    o->code.firstlineno = entry(t, "code_object.firstlineno");
    o->code.localsplusnames = entry(t, "code_object.localsplusnames");
    o->code.code = entry(t, "code_object.co_code_adaptive");
    o->code.tlbc = free_threaded ? entry(t, "code_object.co_tlbc") : TL_ABSENT;
    o->code.version = o->code.localsplusnames - 4;
    // co_exceptiontable, then the ints co_flags, three counts of arguments, co_stacksize, co_firstlineno, co_nlocalsplus.
    o->code.exceptiontable = o->code.firstlineno - 28;
    o->code.stacksize = o->code.firstlineno - 4;
    o->code.nlocalsplus = o->code.firstlineno + 4;

    o->object.size = entry(t, "pyobject.size");
    o->object.ob_type = entry(t, "pyobject.ob_type");
    o->type.tp_name = entry(t, "type_object.tp_name");
    o->type.tp_flags = entry(t, "type_object.tp_flags");
    o->type.tp_basicsize = o->type.tp_name + 8;
    o->type.tp_dict = o->type.tp_flags + 12 * 8;
    o->bytes.ob_size = entry(t, "bytes_object.ob_size");
    o->bytes.ob_sval = entry(t, "bytes_object.ob_sval");
    o->unicode.state = entry(t, "unicode_object.state");
    o->unicode.length = entry(t, "unicode_object.length");
    o->unicode.ascii_size = entry(t, "unicode_object.asciiobject_size");
    // A compact string that is not ASCII has its UTF-8 length and pointer before its characters.
    o->unicode.compact_size = minor >= 15 ? entry(t, "unicode_object.compactunicodeobject_size")
                                          : o->unicode.ascii_size + 16;
    // The interned flag is a byte of its own where it must be atomic, and two bits elsewhere.
    o->unicode.kind_bit = free_threaded && minor >= 14 ? 8 : 2;
    o->gc.collecting = entry(t, "gc.collecting");
}

static bool within(uint32_t value, uint32_t low, uint32_t high)
{
    return value >= low && value <= high;
}

// An offset that this version may not have, of a member of so many bytes in a structure.
static bool absent_or_within(uint32_t value, uint32_t structure, uint32_t member)
{
    return value == TL_ABSENT || within(value, 0, structure - member);
}

static bool sane_thread(const struct tl_offsets *o)
{
    uint32_t head = o->thread.head;
    return within(o->thread.size, 128, 1 << 16) && within(head, 64, o->thread.size) && within(o->thread.current_frame, 8, head - 8)
        && within(o->thread.native_thread_id, 8, head - 8) && within(o->thread.thread_id, 8, head - 8)
        && within(o->thread.state, 8, head - 4) && within(o->thread.next, 0, head - 8) && within(o->thread.interp, 0, head - 8)
        && within(o->thread.id, 0, head - 8) && absent_or_within(o->thread.base_frame, head, 8)
        && absent_or_within(o->thread.gil_requested, head, 4);
}

static bool sane_code(const struct tl_offsets *o)
{
    uint32_t size = o->code.code;
    return within(size, 64, 512) && within(o->code.linetable, 16, size - 8) && within(o->code.qualname, 16, size - 8)
        && within(o->code.filename, 16, size - 8) && within(o->code.firstlineno, 48, size - 8)
        && within(o->code.localsplusnames, 16, size - 8);
}

static bool sane_object(const struct tl_offsets *o)
{
    return within(o->object.size, 16, 32) && within(o->object.ob_type, 0, o->object.size - 8) && within(o->bytes.ob_sval, 16, 128)
        && within(o->unicode.ascii_size, 24, 128) && within(o->unicode.compact_size, 24, 128)
        && within(o->unicode.state, 8, o->unicode.ascii_size - 4) && within(o->unicode.length, 8, o->unicode.ascii_size - 8);
}

// What must hold of any layout, checked before anything is read through it: every offset into a copy lies in that copy.
static bool sane(const struct tl_offsets *o)
{
    return within(o->runtime.size, 1024, PLAUSIBLE) && within(o->interp.size, 1024, PLAUSIBLE)
        && within(o->runtime.interpreters_head, 8, o->runtime.size) && within(o->runtime.finalizing, 8, o->runtime.size)
        && within(o->interp.id, 0, o->interp.size) && within(o->interp.next, 0, o->interp.size)
        && within(o->interp.threads_head, 8, o->interp.size) && within(o->interp.ceval_gil, 8, o->interp.size)
        && within(o->interp.gc, 8, o->interp.size) && within(o->gil.holder, 8, 256) && o->gil.locked == o->gil.holder + 8
        && sane_thread(o) && within(o->frame.size, 48, 256) && within(o->frame.owner, 8, o->frame.size - 1)
        && within(o->frame.previous, 0, o->frame.size - 8) && within(o->frame.executable, 0, o->frame.size - 8)
        && within(o->frame.instr_ptr, 8, o->frame.size - 8) && absent_or_within(o->frame.tlbc_index, o->frame.size, 4)
        && within(o->frame.localsplus, 8, 256) && sane_code(o) && sane_object(o) && within(o->gc.collecting, 0, 4096);
}

static uint64_t find_main_interpreter(const struct tl_target *target)
{
    const struct tl_offsets *o = &target->offsets;
    uint64_t interp = tl_read_pointer(&target->memory, target->runtime + o->runtime.interpreters_head);
    for (int seen = 0; interp && seen < 4096; seen++) {
        uint64_t id;
        if (tl_read(&target->memory, tl_addr(interp, o->interp.id), &id, sizeof id) != 0) {
            return 0;
        }
        if (id == 0) {
            return interp;
        }
        interp = tl_read_pointer(&target->memory, tl_addr(interp, o->interp.next));
    }
    return 0;
}

static bool type_is_code(const struct tl_target *target, uint64_t object)
{
    const struct tl_offsets *o = &target->offsets;
    char name[5];
    uint64_t type = tl_read_pointer(&target->memory, tl_addr(object, o->object.ob_type));
    uint64_t text = tl_read_pointer(&target->memory, tl_addr(type, o->type.tp_name));
    return tl_read(&target->memory, text, name, sizeof name) == 0 && memcmp(name, "code", sizeof name) == 0;
}

// Follows the main interpreter's threads and their frames until one executes a code object: a layout under which that
// works for a version nobody has seen is a layout that this version shares with the last one known.
static bool self_test(const struct tl_target *target)
{
    const struct tl_offsets *o = &target->offsets;
    const struct tl_memory *memory = &target->memory;
    uint64_t thread = tl_read_pointer(memory, tl_addr(target->main_interp, o->interp.threads_head));
    for (int threads = 0; thread && threads < 64; threads++) {
        if (tl_read_pointer(memory, tl_addr(thread, o->thread.interp)) != target->main_interp) {
            return false;
        }
        uint64_t frame = tl_read_pointer(memory, tl_addr(thread, o->thread.current_frame));
        for (int frames = 0; frame && frames < 64; frames++) {
            if (type_is_code(target, tl_read_pointer(memory, tl_addr(frame, o->frame.executable)) & ~(uint64_t)7)) {
                return true;
            }
            frame = tl_read_pointer(memory, tl_addr(frame, o->frame.previous));
        }
        thread = tl_read_pointer(memory, tl_addr(thread, o->thread.next));
    }
    return false;
}

static void write_version(struct tl_target *target)
{
    static const char *const levels[] = {[0xa] = "a", [0xb] = "b", [0xc] = "rc"};
    unsigned level = target->version >> 4 & 0xf;
    int length = snprintf(target->version_text, sizeof target->version_text, "%u.%u.%u", target->version >> 24 & 0xff,
                          target->version >> 16 & 0xff, target->version >> 8 & 0xff);
    if (level >= 0xa && level <= 0xc) {
        snprintf(target->version_text + length, sizeof target->version_text - (size_t)length, "%s%u", levels[level],
                 target->version & 0xf);
    }
}

static int read_setting(const char *path)
{
    int value = -1;
    FILE *file = fopen(path, "re");
    if (file) {
        if (fscanf(file, "%d", &value) != 1) {
            value = -1;
        }
        fclose(file);
    }
    return value;
}

static enum tl_fault no_permission(pid_t pid, char *error, size_t size)
{
    char path[32];
    struct stat owner;
    snprintf(path, sizeof path, "/proc/%d", (int)pid);
    static const char ways[] = "start the program with `threadlens record -- PYTHON ...`, call threadlens_agent.start() "
                               "in it, or run as root (CAP_SYS_PTRACE)";
    if (stat(path, &owner) == 0 && owner.st_uid != geteuid() && geteuid() != 0) {
        struct passwd *user = getpwuid(owner.st_uid);
        snprintf(error, size, "no permission to read process %d: it belongs to %s; run as that user or as root "
                 "(CAP_SYS_PTRACE)", (int)pid, user ? user->pw_name : "another user");
        return TL_NO_PERMISSION;
    }
    int scope = read_setting("/proc/sys/kernel/yama/ptrace_scope");
    if (scope > 0) {
        snprintf(error, size, "no permission to read process %d: kernel.yama.ptrace_scope is %d; %s, or set it to 0",
                 (int)pid, scope, ways);
    } else {
        snprintf(error, size, "no permission to read process %d: the system refuses (a container without "
                 "CAP_SYS_PTRACE, or a process that is not dumpable); %s", (int)pid, ways);
    }
    return TL_NO_PERMISSION;
}

// What the errno of a refused look at the process means.
static enum tl_fault refused(pid_t pid, char *error, size_t size)
{
    if (errno == EPERM || errno == EACCES) {
        return no_permission(pid, error, size);
    }
    snprintf(error, size, "no process %d", (int)pid);
    return TL_NO_SUCH_PROCESS;
}

static enum tl_fault not_found(const struct tl_memory *memory, const struct tl_location *location, char *error,
                               size_t size)
{
    // A process we may look at but not read has an empty-handed search; say so rather than "not a Python".
    uint64_t word;
    if (location->mapped_python && tl_read(memory, 4096, &word, sizeof word) != 0 && errno == EPERM) {
        return no_permission(memory->pid, error, size);
    }
    bool old_name = location->name_major == 2 || (location->name_major == 3 && location->name_minor < 13);
    if (old_name) {
        snprintf(error, size, "process %d runs Python %d.%d; Python 3.13 or later is needed", (int)memory->pid,
                 location->name_major, location->name_minor);
        return TL_TOO_OLD;
    }
    if (location->old_runtime) {
        snprintf(error, size, "process %d runs a Python older than 3.13; Python 3.13 or later is needed",
                 (int)memory->pid);
        return TL_TOO_OLD;
    }
    snprintf(error, size, "process %d (%s) is not a Python; `threadlens_agent list` shows those that are",
             (int)memory->pid, location->program);
    return TL_NOT_PYTHON;
}

static enum tl_fault read_version(struct tl_target *target, char *error, size_t size)
{
    uint64_t words[TABLE_HEADER];
    if (tl_read(&target->memory, target->runtime, words, sizeof words) != 0) {
        return refused(target->pid, error, size);
    }
    target->version = (uint32_t)words[1];
    target->minor = (int)(target->version >> 16 & 0xff);
    target->free_threaded = words[2] != 0;
    write_version(target);
    unsigned level = target->version >> 4 & 0xf;
    if (target->version >> 24 != 3 || target->minor < 13 || words[1] >> 32 != 0) {
        snprintf(error, size, "process %d runs Python %s; Python 3.13 or later is needed", (int)target->pid,
                 target->version_text);
        return TL_TOO_OLD;
    }
    if (level == 0xa || level == 0xb) {
        snprintf(error, size, "process %d runs Python %s, a pre-release with a memory layout of its own; use a release "
                 "candidate or a release", (int)target->pid, target->version_text);
        return TL_UNKNOWN_VERSION;
    }
    return TL_OK;
}

enum tl_fault tl_target_open(struct tl_target *target, pid_t pid, char *error, size_t size)
{
    *target = (struct tl_target){.pid = pid, .memory = {.pid = pid}};
    if (pid <= 0 || (kill(pid, 0) != 0 && errno == ESRCH)) {
        snprintf(error, size, "no process %d", (int)pid);
        return TL_NO_SUCH_PROCESS;
    }
    struct tl_location location;
    if (tl_locate(&target->memory, &location) != 0) {
        return refused(pid, error, size);
    }
    if (!location.runtime) {
        return not_found(&target->memory, &location, error, size);
    }
    target->runtime = location.runtime;
    target->map_start = location.map_start;
    target->map_end = location.map_end;

    enum tl_fault fault = read_version(target, error, size);
    if (fault != TL_OK) {
        return fault;
    }
    struct table table;
    if (read_table(target, &table) != 0) {
        return refused(pid, error, size);
    }
    bool known = target->minor <= NEWEST_MINOR;
    normalise(&table, target->minor, target->free_threaded, &target->offsets);
    if (sane(&target->offsets)) {
        target->main_interp = find_main_interpreter(target);
    } else if (known) {
        snprintf(error, size, "process %d runs Python %s with a memory layout that does not add up; it may be a patched "
                 "build", (int)pid, target->version_text);
        return TL_BAD_LAYOUT;
    }
    if (!known && (!target->main_interp || !self_test(target))) {
        snprintf(error, size, "process %d runs Python %s, newer than this agent knows (up to 3.%d); update the agent",
                 (int)pid, target->version_text, NEWEST_MINOR);
        return TL_UNKNOWN_VERSION;
    }
    if (!target->main_interp) {
        snprintf(error, size, "the Python of process %d has not started yet, or is ending; try again", (int)pid);
        return TL_NOT_READY;
    }
    return TL_OK;
}
