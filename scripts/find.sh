# Finds what is installed. Sourced by the launcher and by free-threaded-python.sh; POSIX sh.

say() { printf 'threadlens: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# Sets java_home to the first JDK of version 25 or newer: THREADLENS_JAVA_HOME, JAVA_HOME, PATH, the usual install folders.
find_jdk() {
    [ -n "${java_home:-}" ] && return
    on_path=$(command -v javac 2>/dev/null || true)
    [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${THREADLENS_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/java/* /usr/local/*jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
        if [ -x "$candidate/bin/javac" ] && [ "$(jdk_major "$candidate")" -ge 25 ]; then
            java_home=$candidate
            return
        fi
    done
    die "no JDK 25 or newer was found: install one (Eclipse Temurin 25, say), or set THREADLENS_JAVA_HOME to its folder"
}

# Major version of the JDK in a folder, 0 where it does not say.
jdk_major() {
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
    echo "${major:-0}"
}

find_maven() {
    maven=$(command -v mvn 2>/dev/null) || die "Maven was not found: install it (Debian, Ubuntu: apt-get install maven) and call again"
}

# Prints a Python 3.10 or newer to run the agent with: it needs nothing but the standard library.
find_agent_python() {
    for candidate in "${THREADLENS_AGENT_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python3.10 "$HOME"/.pyenv/versions/3.1[0-9]*/bin/python3 \
        "$(cache_dir)"/python/*/bin/python3; do
        [ -n "$candidate" ] && "$candidate" -c 'import sys, ctypes; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && {
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        }
    done
    die "no Python 3.10 or newer was found to run the agent with: install python3, or set THREADLENS_AGENT_PYTHON"
}

cache_dir() { printf '%s' "${XDG_CACHE_HOME:-$HOME/.cache}/threadlens"; }

# Prints NAME's path where it is an interpreter that runs and is built free-threaded.
free_threaded() {
    "$1" -c 'import sys, sysconfig; print(sys.executable); sys.exit(not sysconfig.get_config_var("Py_GIL_DISABLED"))' 2>/dev/null </dev/null
}

# Prints every place where an interpreter NAME may be: PATH, pyenv's, uv's and our own folders.
places_of() {
    command -v "$1" 2>/dev/null || true
    for place in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/"$1" "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/*/bin/"$1" \
        "$(cache_dir)"/python/*/bin/"$1"; do
        [ -x "$place" ] && printf '%s\n' "$place"
    done
    return 0
}

# Prints the first free-threaded interpreter that is installed; fails where there is none.
find_free_threaded() {
    for name in python3.14t python3.15t python3.13t; do
        for place in $(places_of "$name"); do
            free_threaded "$place" && return
        done
    done
    return 1
}

# Prints a Python with the GIL to compare a free-threaded one with: of the same version where there is one, else another that can be recorded. Fails where there is none.
find_gil_python() {
    kind=${1##*/python}
    case $kind in
        3.*) ;; # its name says it
        *) kind=$(kind_of "$1") || kind= ;;
    esac
    for version in ${kind%t} 3.14 3.15 3.13; do
        for place in $(places_of "python$version"); do
            [ "$(kind_of "$place")" = "$version" ] && printf '%s' "$place" && return
        done
    done
    return 1
}

# Prints the interpreters to test on, with colons between: the given one, then one of each version and build that is there.
find_test_pythons() {
    found=$1
    kinds=$(kind_of "$1")
    for name in python3.14t python3.15t python3.13t python3.14 python3.15 python3.13; do
        for place in $(places_of "$name"); do
            kind=$(kind_of "$place") || continue
            case " $kinds " in *" $kind "*) continue ;; esac
            kinds="$kinds $kind"
            found=$found:$place
        done
    done
    printf '%s' "$found"
}

# Version and build of an interpreter, "3.14t" or "3.14"; fails where it does not run.
kind_of() {
    "$1" -c 'import sys, sysconfig; print("%d.%d%s" % (*sys.version_info[:2], "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""))' 2>/dev/null </dev/null
}
