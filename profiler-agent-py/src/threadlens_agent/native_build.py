"""Has the C library compiled: the one that was shipped, the one compiled before, or a new one."""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from .errors import AgentError, say

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "libthreadlens.so"
#: Beside the package in a checkout, inside it in an installed source distribution.
_SOURCES = (_HERE / "native", _HERE.parents[1] / "native")
_FLAGS = ("-std=gnu11", "-O2", "-g", "-Wall", "-Wextra", "-fPIC", "-shared", "-fvisibility=hidden", "-pthread")


def library() -> Path:
    """The path of the library, compiled first if need be."""
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "aarch64"):
        raise AgentError(f"the agent runs on Linux on x86-64 and aarch64, not on {platform.system()} {platform.machine()}")
    if _SHIPPED.exists():
        return _SHIPPED
    sources = next((folder for folder in _SOURCES if (folder / "threadlens.h").exists()), None)
    if sources is None:
        raise AgentError("the agent is installed without its library and without its source; install it again")
    flags = (*_FLAGS, *shlex.split(os.environ.get("THREADLENS_CFLAGS", "")))
    target = _cache_folder() / f"libthreadlens-{_fingerprint(sources, flags)}.so"
    if not target.exists():
        compile_library(sources, target, flags)
    return target


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "threadlens" / "native"


def _fingerprint(sources: Path, flags: tuple[str, ...]) -> str:
    digest = hashlib.sha256(" ".join((platform.machine(), *flags)).encode())
    for file in sorted(sources.glob("*.[ch]")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def compile_library(sources: Path, target: Path, flags: tuple[str, ...] = _FLAGS) -> None:
    """Compiles what lies in `sources` into the file `target`."""
    compiler = os.environ.get("CC") or next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler is None:
        raise AgentError("no C compiler to build the agent's library with; install one (Debian, Ubuntu: apt install gcc libc6-dev)")
    say("compiling the library, once")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            made = Path(folder) / target.name
            files = [str(file) for file in sorted(sources.glob("*.c"))]
            command = [*shlex.split(compiler), *flags, "-o", str(made), *files]
            result = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            if result.returncode != 0:
                lines = [line for line in result.stderr.splitlines() if "error" in line] or result.stderr.splitlines()
                why = lines[0].strip() if lines else f"exit code {result.returncode}"
                raise AgentError(f"{compiler} could not build the agent's library: {why}")
            os.replace(made, target)  # several may do this at once; each sees a whole file
    except OSError as error:
        raise AgentError(f"cannot build the agent's library in {target.parent}: {error.strerror or error}") from error
