"""What pyproject.toml cannot say: the wheel holds a compiled library, and fits every Python 3 of its platform."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE / "src"))

from threadlens_agent.native_build import compile_library  # noqa: E402  (the path comes first)


class BuildWithLibrary(build_py):
    """Puts the library beside the modules. A checkout installed as editable compiles it when it is first used."""

    def run(self):
        super().run()
        if not self.editable_mode:
            compile_library(_HERE / "native", Path(self.build_lib) / "threadlens_agent" / "libthreadlens.so")


class PlatformWheel(bdist_wheel):
    """The library has nothing of a Python version in it: `py3-none-<platform>`."""

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


class PlatformDistribution(Distribution):
    """Not pure Python."""

    def has_ext_modules(self):
        return True


setup(cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel}, distclass=PlatformDistribution)
