#!/bin/sh
# Prints the path of a free-threaded Python 3.13 or newer on stdout, and gets one first where there is none.
# Order: --python or THREADLENS_PYTHON; what is installed; what uv can install; a build from Debian's source package, once.
set -eu
. "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/find.sh"

wanted=${THREADLENS_PYTHON:-}
while [ $# -gt 0 ]; do
    case $1 in
        --python) [ $# -ge 2 ] || { say "--python needs a path"; exit 2; }; wanted=$2; shift 2 ;;
        --python=*) wanted=${1#*=}; shift ;;
        -h | --help) echo "usage: threadlens python [--python PATH]"; exit 0 ;;
        *) say "threadlens python knows no option $1"; exit 2 ;;
    esac
done

take() {
    say "free-threaded Python: $1 ($2)"
    printf '%s\n' "$1"
    exit 0
}

if [ -n "$wanted" ]; then
    path=$(free_threaded "$wanted") || die "$wanted is not a free-threaded Python that runs: give another, or none to have one found"
    take "$path" "as asked"
fi

if path=$(find_free_threaded); then take "$path" "found"; fi

if command -v uv >/dev/null 2>&1 && uv python install 3.14t >/dev/null 2>&1; then
    if path=$(free_threaded "$(uv python find 3.14t 2>/dev/null)"); then take "$path" "installed by uv"; fi
fi

# --- made from Debian's source package -------------------------------------------------------------------------------

version=3.14.7
tarball=pool/main/p/python3.14/python3.14_$version.orig.tar.xz
sha256=3b48dac8fb59f62eaa67ac83c1eb12bda1b7a08406dd286e252c11a66be27f81
manual="install one (uv python install 3.14t, say) and set THREADLENS_PYTHON to it"

helper=/usr/lib/apt/apt-helper
[ -x "$helper" ] || die "no free-threaded Python was found, and one can be made only on Debian or Ubuntu: $manual"
for tool in cc make tar xz; do
    command -v "$tool" >/dev/null 2>&1 || die "no free-threaded Python was found, and to make one '$tool' is missing: apt-get install build-essential xz-utils, or $manual"
done

cache=$(cache_dir)
mkdir -p "$cache/python"
if command -v flock >/dev/null 2>&1; then
    exec 9>"$cache/python/.lock"
    flock 9
    # Another call may have made it while this one waited.
    if path=$(find_free_threaded); then take "$path" "made before"; fi
fi

work=$(mktemp -d "$cache/python/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
log=$cache/python/build.log
: >"$log"

# The pinned release by its path under the mirrors this machine is set up with, checked against its hash.
fetch_pinned() {
    for mirror in $(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>>"$log" | sort -u); do
        "$helper" download-file "${mirror%/}/$tarball" "$work/python.tar.xz" "SHA256:$sha256" >>"$log" 2>&1 && return
    done
    return 1
}

# What the mirror offers as a source package, from a suite new enough to have one, in an apt configuration of its own:
# the machine's is not changed. Takes the mirror and the keyring from the machine's own sources.
fetch_source_package() {
    mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 2>>"$log" | sed -n 's/^Debian //p' | grep -v security | head -n 1)
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -n "$mirror" ] && [ -r "$keyring" ] || return 1
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    for suite in forky trixie; do
        printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" >"$work/apt/sources.list"
        set -- -o "Dir::Etc::SourceList=$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$work/apt/lists" \
            -o "Dir::Cache=$work/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=
        apt-get "$@" update >>"$log" 2>&1 || continue
        for package in python3.14 python3.13; do
            (cd "$work" && apt-get "$@" source --download-only "$package") >>"$log" 2>&1 || continue
            mv "$work/$package"_*.orig.tar.xz "$work/python.tar.xz" 2>>"$log" && return
        done
    done
    return 1
}

say "no free-threaded Python was found; making one (once, about five minutes on two cores; log: $log)"
fetch_pinned || fetch_source_package || die "the source of Python could not be fetched (see $log): $manual"
mkdir "$work/source" "$work/build"
tar xJf "$work/python.tar.xz" -C "$work/source" --strip-components=1
version=$(sed -n 's/^#define PY_VERSION  *"\(.*\)"/\1/p' "$work/source/Include/patchlevel.h")
prefix=$cache/python/${version}t
jobs=$(getconf _NPROCESSORS_ONLN)

step() {
    say "Python $version: $1 …"
    shift
    (cd "$work/build" && "$@") >>"$log" 2>&1 || die "Python could not be made (see $log): $manual"
}
step "configuring (1 of 3)" "$work/source/configure" --disable-gil "--prefix=$prefix" --without-ensurepip --disable-test-modules
step "compiling (2 of 3)" make "-j$jobs"
step "installing (3 of 3)" make install
path=$(free_threaded "$prefix/bin/python${version%.*}t") || die "the Python that was made does not run (see $log): $manual"
take "$path" "made from Debian's source package"
