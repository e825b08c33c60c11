#include "code.h"

#include <stdlib.h>
#include <string.h>

#include "state.h"

#define MAX_NAME 4096                  // characters of a name or a path; the rest is cut
#define MAX_TABLE ((uint64_t)4 << 20)  // bytes of a location table
#define MAX_COPIES 65536                // threads with bytecode of their own
#define MAX_BYTECODE ((uint64_t)1 << 30)

// Beyond this many the cache starts anew: a program that makes code without end must not fill the agent.
#define MAX_CODES (1 << 16)
#define SLOTS (MAX_CODES * 2)

struct tl_codes {
    const struct tl_target *target;
    struct tl_stacks *stacks;
    struct tl_code **slots;     // open addressing by address
    int count;
    uint64_t serial;
    uint64_t refreshes;
    uint64_t code_type;         // address of the type of code objects, 0 until the first was seen
    uint32_t identity_size;
    bool no_blocks;
    // Scratch of a refresh.
    struct tl_span spans[TL_MAX_SPANS];
    struct tl_code *stale[TL_MAX_SPANS];
    uint8_t *copies;            // TL_MAX_SPANS identities
    uint8_t *table;
    char *text;                 // UTF-8
    uint8_t *characters;
};

struct tl_codes *tl_codes_new(const struct tl_target *target, struct tl_stacks *stacks)
{
    const struct tl_offsets *o = &target->offsets;
    struct tl_codes *c = calloc(1, sizeof *c);
    if (!c) {
        return NULL;
    }
    c->target = target;
    c->stacks = stacks;
    c->identity_size = o->code.linetable + 8 - o->code.firstlineno;
    c->slots = calloc(SLOTS, sizeof *c->slots);
    c->copies = malloc((size_t)TL_MAX_SPANS * TL_MAX_IDENTITY);
    c->table = malloc(MAX_TABLE);
    c->text = malloc(MAX_NAME * 4);
    c->characters = malloc(MAX_NAME * 4);
    if (c->identity_size > TL_MAX_IDENTITY || !c->slots || !c->copies || !c->table || !c->text || !c->characters) {
        tl_codes_free(c);
        return NULL;
    }
    return c;
}

static void free_code(struct tl_code *code)
{
    tl_lines_free(&code->lines);
    tl_blocks_free(&code->blocks);
    free(code->copies);
    free(code);
}

static void forget_all(struct tl_codes *c)
{
    for (int i = 0; i < SLOTS; i++) {
        if (c->slots[i]) {
            free_code(c->slots[i]);
            c->slots[i] = NULL;
        }
    }
    c->count = 0;
}

void tl_codes_free(struct tl_codes *c)
{
    if (!c) {
        return;
    }
    if (c->slots) {
        forget_all(c);
    }
    free(c->slots);
    free(c->copies);
    free(c->table);
    free(c->text);
    free(c->characters);
    free(c);
}

static struct tl_code **slot_of(struct tl_codes *c, uint64_t addr)
{
    uint32_t slot = (uint32_t)((addr >> 4) * 0x9E3779B97F4A7C15u >> 40) & (SLOTS - 1);
    while (c->slots[slot] && c->slots[slot]->addr != addr) {
        slot = (slot + 1) & (SLOTS - 1);
    }
    return &c->slots[slot];
}

// ---- reading one ----

static size_t put_utf8(char *into, uint32_t ch)
{
    if (ch >= 0xd800 && ch < 0xe000) {
        ch = 0xfffd;  // a lone surrogate: a file name that is not UTF-8
    }
    if (ch < 0x80) {
        into[0] = (char)ch;
        return 1;
    }
    if (ch < 0x800) {
        into[0] = (char)(0xc0 | ch >> 6);
        into[1] = (char)(0x80 | (ch & 63));
        return 2;
    }
    if (ch < 0x10000) {
        into[0] = (char)(0xe0 | ch >> 12);
        into[1] = (char)(0x80 | (ch >> 6 & 63));
        into[2] = (char)(0x80 | (ch & 63));
        return 3;
    }
    into[0] = (char)(0xf0 | (ch >> 18 & 7));
    into[1] = (char)(0x80 | (ch >> 12 & 63));
    into[2] = (char)(0x80 | (ch >> 6 & 63));
    into[3] = (char)(0x80 | (ch & 63));
    return 4;
}

// A str of the target as UTF-8 in c->text. Its length in bytes, -1 when there is no compact string at the address.
static int32_t read_text(struct tl_codes *c, uint64_t object)
{
    const struct tl_offsets *o = &c->target->offsets;
    uint8_t head[128];
    if (tl_read(&c->target->memory, object, head, o->unicode.ascii_size) != 0) {
        return -1;
    }
    uint32_t state = tl_u32(head + o->unicode.state) >> o->unicode.kind_bit;
    uint32_t width = state & 7;
    bool compact = state & 8, ascii = state & 16;
    uint64_t length = tl_u64(head + o->unicode.length);
    if (!compact || (width != 1 && width != 2 && width != 4) || (ascii && width != 1) || length > INT32_MAX) {
        return -1;
    }
    if (length > MAX_NAME) {
        length = MAX_NAME;
    }
    uint64_t at = tl_addr(object, ascii ? o->unicode.ascii_size : o->unicode.compact_size);
    if (length && tl_read(&c->target->memory, at, c->characters, length * width) != 0) {
        return -1;
    }
    if (ascii) {
        memcpy(c->text, c->characters, length);
        return (int32_t)length;
    }
    size_t size = 0;
    for (uint64_t i = 0; i < length && size < MAX_NAME * 4 - 4; i++) {
        uint32_t ch = width == 1 ? c->characters[i]
                    : width == 2 ? tl_u16(c->characters + i * 2) : tl_u32(c->characters + i * 4);
        size += put_utf8(c->text + size, ch);
    }
    return (int32_t)size;
}

static bool is_code(struct tl_codes *c, const uint8_t *object)
{
    const struct tl_offsets *o = &c->target->offsets;
    uint64_t type = tl_u64(object + o->object.ob_type);
    if (c->code_type) {
        return type == c->code_type;
    }
    char name[5];
    uint64_t text = tl_read_pointer(&c->target->memory, tl_addr(type, o->type.tp_name));
    if (tl_read(&c->target->memory, text, name, sizeof name) != 0 || memcmp(name, "code", sizeof name) != 0) {
        return false;
    }
    c->code_type = type;
    return true;
}

// A bytes object into c->table.
static bool read_table(struct tl_codes *c, uint64_t object, uint64_t *size)
{
    const struct tl_offsets *o = &c->target->offsets;
    return tl_read(&c->target->memory, tl_addr(object, o->bytes.ob_size), size, sizeof *size) == 0 && *size <= MAX_TABLE
        && (*size == 0 || tl_read(&c->target->memory, tl_addr(object, o->bytes.ob_sval), c->table, *size) == 0);
}

static bool read_tables(struct tl_codes *c, struct tl_code *code, uint64_t lines, uint64_t exceptions)
{
    const struct tl_offsets *o = &c->target->offsets;
    uint64_t size;
    if (!read_table(c, lines, &size) || !tl_lines_decode(&code->lines, c->table, size, code->first_line)) {
        return false;
    }
    // The offset of the one comes from the interpreter's table and that of the other from its neighbours: both must be bytes objects.
    uint64_t type = tl_read_pointer(&c->target->memory, tl_addr(lines, o->object.ob_type));
    c->no_blocks = c->no_blocks || tl_read_pointer(&c->target->memory, tl_addr(exceptions, o->object.ob_type)) != type;
    return c->no_blocks || (read_table(c, exceptions, &size) && tl_blocks_decode(&code->blocks, c->table, size));
}

bool tl_codes_know_blocks(const struct tl_codes *c)
{
    return !c->no_blocks;
}

static bool read_names(struct tl_codes *c, struct tl_code *code, uint64_t file, uint64_t qualname)
{
    char path[MAX_NAME * 4 + 1];
    int32_t length = read_text(c, file);
    if (length < 0) {
        return false;
    }
    memcpy(path, c->text, (size_t)length);
    path[length] = 0;
    code->file = tl_string_id(c->stacks, path, length);
    length = read_text(c, qualname);
    if (length < 0) {
        return false;
    }
    c->text[length] = 0;
    code->function = tl_string_id(c->stacks, c->text, length);
    code->role = tl_state_role(path, c->text);
    // The frame with which the interpreter calls __init__ has code without a source, named after itself.
    code->hidden = code->first_line == 0 && strcmp(path, "__init__") == 0;
    return code->file >= 0 && code->function >= 0;
}

static struct tl_code *read_code(struct tl_codes *c, uint64_t addr)
{
    const struct tl_offsets *o = &c->target->offsets;
    uint8_t head[512];
    if (tl_read(&c->target->memory, addr, head, o->code.code) != 0 || !is_code(c, head)) {
        return NULL;
    }
    uint64_t units = tl_u64(head + o->object.size);  // ob_size follows the object header
    struct tl_code *code = calloc(1, sizeof *code);
    if (!code || units > MAX_BYTECODE / 2) {
        free(code);
        return NULL;
    }
    code->addr = addr;
    code->serial = ++c->serial;
    code->first_line = tl_i32(head + o->code.firstlineno);
    code->size = (uint32_t)units * 2;
    code->base = addr + o->code.code;
    code->locals = tl_u32(head + o->code.nlocalsplus);
    code->stack_size = tl_u32(head + o->code.stacksize);
    memcpy(code->identity, head + o->code.firstlineno, c->identity_size);
    if (!read_names(c, code, tl_u64(head + o->code.filename), tl_u64(head + o->code.qualname))
        || !read_tables(c, code, tl_u64(head + o->code.linetable), tl_u64(head + o->code.exceptiontable))) {
        free_code(code);
        return NULL;
    }
    return code;
}

// ---- keeping them right ----

static void trust(struct tl_code *code, uint64_t interp, uint64_t generation)
{
    code->checked_interp = interp;
    code->checked_generation = generation;
}

// Puts what lies there now into the place of an entry that no longer describes it. Open addressing cannot have holes: where
// nothing readable lies there, the entry stays and is marked as not to be used.
static struct tl_code *replace(struct tl_codes *c, struct tl_code *stale)
{
    struct tl_code *fresh = read_code(c, stale->addr);
    if (!fresh) {
        stale->checked_interp = 0;
        return stale;
    }
    fresh->checked_interp = stale->checked_interp;
    *slot_of(c, stale->addr) = fresh;
    free_code(stale);
    return fresh;
}

static void recheck(struct tl_codes *c, int count, uint64_t interp, uint64_t generation)
{
    const struct tl_offsets *o = &c->target->offsets;
    for (int i = 0; i < count; i++) {
        c->spans[i] = (struct tl_span){.addr = tl_addr(c->stale[i]->addr, o->code.firstlineno), .size = c->identity_size,
                                       .into = c->copies + (size_t)i * TL_MAX_IDENTITY};
    }
    int read = tl_read_spans(&c->target->memory, c->spans, count);
    for (int i = 0; i < count; i++) {
        const uint8_t *now = c->copies + (size_t)i * TL_MAX_IDENTITY;
        bool same = i < read && memcmp(now, c->stale[i]->identity, c->identity_size) == 0;
        struct tl_code *code = same ? c->stale[i] : replace(c, c->stale[i]);
        trust(code, code->checked_interp ? interp : 0, generation);
    }
}

void tl_codes_refresh(struct tl_codes *c, uint64_t interp, const struct tl_unwound *unwound)
{
    // Where the interpreter does not count freed code objects, each refresh is a generation of its own.
    bool counted = c->target->offsets.interp.code_generation != TL_ABSENT;
    uint64_t generation = counted ? unwound->generations.code_after : ++c->refreshes;
    // A code object that was freed while its frame was copied still looks alive. What is learnt now is therefore good from
    // before the copies on: anything freed since then makes the next look ask again.
    uint64_t learnt = counted ? unwound->generations.code_before : generation;
    int stale = 0;
    for (int i = 0; i < unwound->depth; i++) {
        const struct tl_frame *frame = &unwound->frames[i];
        if (frame->shim) {
            continue;
        }
        struct tl_code **slot = slot_of(c, frame->code);
        struct tl_code *code = *slot;
        if (!code) {
            if (c->count >= MAX_CODES) {
                forget_all(c);
                stale = 0;
                i = -1;
                continue;
            }
            code = read_code(c, frame->code);
            if (code) {
                *slot = code;
                c->count++;
                trust(code, interp, learnt);
            }
        } else if (code->checked_generation != generation || code->checked_interp != interp) {
            trust(code, interp, generation);  // so that it is asked for once; recheck has the last word
            c->stale[stale++] = code;
            if (stale == TL_MAX_SPANS) {
                recheck(c, stale, interp, learnt);
                stale = 0;
            }
        }
    }
    if (stale) {
        recheck(c, stale, interp, learnt);
    }
}

struct tl_code *tl_code_of(struct tl_codes *c, uint64_t addr)
{
    struct tl_code *code = *slot_of(c, addr);
    return code && code->checked_interp ? code : NULL;
}

// ---- instructions ----

// Where the threads have their own copies of the bytecode: an array behind a count.
static void read_copies(struct tl_codes *c, struct tl_code *code, uint32_t generation)
{
    const struct tl_offsets *o = &c->target->offsets;
    uint64_t array = tl_read_pointer(&c->target->memory, tl_addr(code->addr, o->code.tlbc));
    uint64_t count = tl_read_pointer(&c->target->memory, array);
    code->copy_count = 0;
    if (count == 0 || count > MAX_COPIES) {
        return;
    }
    uint64_t *copies = realloc(code->copies, count * sizeof *copies);
    if (!copies) {
        return;
    }
    code->copies = copies;
    if (tl_read(&c->target->memory, tl_addr(array, 8), copies, count * sizeof *copies) == 0) {
        code->copy_count = (int32_t)count;
        code->copies_generation = generation;
    }
}

static bool offset_in(uint64_t base, uint32_t size, uint64_t instr, uint32_t *offset)
{
    if (!base || instr < base || instr - base >= size) {
        return false;
    }
    *offset = (uint32_t)(instr - base);
    return true;
}

static bool offset_in_copy(const struct tl_code *code, int32_t index, uint64_t instr, uint32_t *offset)
{
    return index < code->copy_count && offset_in(code->copies[index], code->size, instr, offset);
}

bool tl_code_offset(struct tl_codes *c, struct tl_code *code, const struct tl_frame *frame, uint32_t tlbc_generation, uint32_t *offset)
{
    if (frame->tlbc_index <= 0) {
        return offset_in(code->base, code->size, frame->instr, offset);
    }
    // A copy that is missing, or that this is not in, may have been made since: the array is filled and replaced without
    // a word. Copies that were given back and made anew change the generation.
    if (code->copies_generation != tlbc_generation || !offset_in_copy(code, frame->tlbc_index, frame->instr, offset)) {
        read_copies(c, code, tlbc_generation);
    }
    return offset_in_copy(code, frame->tlbc_index, frame->instr, offset);
}
