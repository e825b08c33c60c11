#define _GNU_SOURCE
#include "locate.h"

#include <ctype.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char COOKIE[] = "xdebugpy";
#define COOKIE_SIZE 8

// The cookie scan is the last resort (deleted or renamed files); a module's data is far smaller than this.
#define SCAN_LIMIT ((uint64_t)64 << 20)

struct mapping {
    uint64_t start, end, offset;
    bool readable, writable, deleted;
    char path[PATH_MAX];
};

static bool parse_mapping(const char *line, struct mapping *map)
{
    char flags[5];
    int path_at = 0;
    if (sscanf(line, "%lx-%lx %4s %lx %*s %*s %n", &map->start, &map->end, flags, &map->offset, &path_at) < 4) {
        return false;
    }
    map->readable = flags[0] == 'r';
    map->writable = flags[1] == 'w';
    snprintf(map->path, sizeof map->path, "%s", path_at > 0 ? line + path_at : "");
    map->path[strcspn(map->path, "\n")] = 0;
    static const char deleted[] = " (deleted)";
    size_t length = strlen(map->path);
    map->deleted = length > sizeof deleted && strcmp(map->path + length - (sizeof deleted - 1), deleted) == 0;
    if (map->deleted) {
        map->path[length - (sizeof deleted - 1)] = 0;
    }
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// The version in a name such as python3.11, python3.13t or libpython3.8.so.1.0.
static void note_name(struct tl_location *location, const char *name)
{
    const char *at = strstr(name, "python");
    if (!at) {
        return;
    }
    location->mapped_python = true;
    int major, minor;
    if (location->name_major == 0 && sscanf(at, "python%d.%d", &major, &minor) == 2) {
        location->name_major = major;
        location->name_minor = minor;
    }
}

static bool read_at(int fd, void *into, size_t size, uint64_t offset)
{
    return pread(fd, into, size, (off_t)offset) == (ssize_t)size;
}

// The address of the section .PyRuntime relative to the load address of the file's first segment, 0 if there is none.
static uint64_t runtime_section(int fd)
{
    Elf64_Ehdr header;
    if (!read_at(fd, &header, sizeof header, 0) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0
        || header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_shentsize != sizeof(Elf64_Shdr)
        || header.e_phentsize != sizeof(Elf64_Phdr) || header.e_shstrndx >= header.e_shnum) {
        return 0;
    }
    uint64_t first_load = UINT64_MAX;
    for (int i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr segment;
        if (!read_at(fd, &segment, sizeof segment, header.e_phoff + (uint64_t)i * sizeof segment)) {
            return 0;
        }
        if (segment.p_type == PT_LOAD && segment.p_vaddr < first_load) {
            first_load = segment.p_vaddr;
        }
    }
    Elf64_Shdr names;
    if (first_load == UINT64_MAX
        || !read_at(fd, &names, sizeof names, header.e_shoff + (uint64_t)header.e_shstrndx * sizeof names)) {
        return 0;
    }
    first_load -= first_load % (uint64_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < header.e_shnum; i++) {
        Elf64_Shdr section;
        char name[sizeof ".PyRuntime"];
        if (!read_at(fd, &section, sizeof section, header.e_shoff + (uint64_t)i * sizeof section)) {
            return 0;
        }
        if (read_at(fd, name, sizeof name, names.sh_offset + section.sh_name)
            && memcmp(name, ".PyRuntime", sizeof name) == 0) {
            return section.sh_addr >= first_load ? section.sh_addr - first_load : 0;
        }
    }
    return 0;
}

// Opened through the target's own root, so that a container's files are found; through /proc/PID/exe for a program
// whose file was replaced while it ran.
static int open_mapped_file(pid_t pid, const struct mapping *map)
{
    char path[PATH_MAX + 64];
    if (map->deleted) {
        char program[PATH_MAX + 16];
        snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
        ssize_t length = readlink(path, program, sizeof program - 1);
        if (length < 0) {
            return -1;
        }
        program[length] = 0;
        if (strncmp(program, map->path, strlen(map->path)) != 0) {
            return -1;
        }
    } else {
        snprintf(path, sizeof path, "/proc/%d/root%s", (int)pid, map->path);
    }
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

static bool has_cookie(const struct tl_memory *memory, uint64_t addr)
{
    char found[COOKIE_SIZE];
    return tl_read(memory, addr, found, sizeof found) == 0 && memcmp(found, COOKIE, COOKIE_SIZE) == 0;
}

// The table has the cookie and after it a version word and a flag; the bare eight bytes may also lie in someone's data.
static uint64_t scan_mapping(const struct tl_memory *memory, uint64_t start, uint64_t end)
{
    static const size_t step = 1 << 16;
    uint8_t *buffer = malloc(step);
    uint64_t found = 0;
    for (uint64_t at = start; buffer && !found && at < end; at += step) {
        size_t size = end - at < step ? (size_t)(end - at) : step;
        if (tl_read(memory, at, buffer, size) != 0) {
            break;
        }
        for (size_t i = 0; i + 24 <= size; i += 8) {
            if (memcmp(buffer + i, COOKIE, COOKIE_SIZE) == 0 && tl_u64(buffer + i + 8) >> 24 == 3
                && tl_u64(buffer + i + 16) <= 1) {
                found = at + i;
                break;
            }
        }
    }
    free(buffer);
    return found;
}

static void find_by_section(const struct tl_memory *memory, FILE *maps, struct tl_location *location)
{
    char line[PATH_MAX + 128];
    char tried[PATH_MAX] = "";
    while (!location->runtime && fgets(line, sizeof line, maps)) {
        struct mapping map;
        if (!parse_mapping(line, &map) || map.path[0] != '/' || map.offset != 0 || strcmp(map.path, tried) == 0
            || !strstr(base_name(map.path), "python")) {
            continue;
        }
        note_name(location, base_name(map.path));
        strcpy(tried, map.path);
        int fd = open_mapped_file(memory->pid, &map);
        if (fd < 0) {
            continue;
        }
        uint64_t section = runtime_section(fd);
        close(fd);
        if (section && has_cookie(memory, tl_addr(map.start, section))) {
            location->runtime = map.start + section;
        } else if (section) {
            location->old_runtime = true;
        }
    }
}

static void find_by_cookie(const struct tl_memory *memory, FILE *maps, struct tl_location *location)
{
    char line[PATH_MAX + 128];
    while (!location->runtime && fgets(line, sizeof line, maps)) {
        struct mapping map;
        if (parse_mapping(line, &map) && map.readable && map.writable && map.path[0] == '/'
            && map.end - map.start <= SCAN_LIMIT) {
            location->runtime = scan_mapping(memory, map.start, map.end);
        }
    }
}

static void find_mapping(FILE *maps, struct tl_location *location)
{
    char line[PATH_MAX + 128];
    while (fgets(line, sizeof line, maps)) {
        struct mapping map;
        if (parse_mapping(line, &map) && map.start <= location->runtime && location->runtime < map.end) {
            location->map_start = map.start;
            location->map_end = map.end;
            return;
        }
    }
}

int tl_locate(const struct tl_memory *memory, struct tl_location *location)
{
    *location = (struct tl_location){0};
    char path[64];
    char program[PATH_MAX];
    snprintf(path, sizeof path, "/proc/%d/exe", (int)memory->pid);
    ssize_t length = readlink(path, program, sizeof program - 1);
    if (length < 0) {
        return -1;
    }
    program[length] = 0;
    program[strcspn(program, " ")] = 0;
    snprintf(location->program, sizeof location->program, "%.255s", base_name(program));
    note_name(location, location->program);

    snprintf(path, sizeof path, "/proc/%d/maps", (int)memory->pid);
    FILE *maps = fopen(path, "re");
    if (!maps) {
        return -1;
    }
    find_by_section(memory, maps, location);
    if (!location->runtime && !location->old_runtime) {
        rewind(maps);
        find_by_cookie(memory, maps, location);
    }
    if (location->runtime) {
        rewind(maps);
        find_mapping(maps, location);
    }
    fclose(maps);
    return 0;
}
