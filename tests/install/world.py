"""Wheels of this project, an environment with nothing but one of them, and its commands as a new user types them."""

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("pyproject.toml", "README.md", "LICENSE", "crawler", "sources.yaml", "MANIFEST.in")
BUILD = "import sys; from setuptools.build_meta import build_sdist; build_sdist(sys.argv[1])"
NEXT = "0.1.0.post1"
"""Version of the wheel that an upgrade brings."""


def environment(**more: str) -> dict[str, str]:
    """Return what a new user has in the environment, and more: nothing of this process that leads to this code."""
    return {**{name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}, **more}


def run(*command: str | Path, cwd: Path, code: int = 0, **environ: str) -> str:
    """Run a command without anything of this process in its environment; return what it printed."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=environment(**environ),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def unpacked_sdist(folder: Path) -> Path:
    """Return the folder of a source distribution, built from a copy of what is needed for it, and unpacked."""
    copy, made = folder / "copy", folder / "sdist"
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            copy.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    made.mkdir()
    run(sys.executable, "-c", BUILD, made, cwd=copy)
    (archive,) = made.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(made, filter="data")
    return made / archive.name.removesuffix(".tar.gz")


def wheel(source: Path, out: Path) -> Path:
    """Return the wheel of a source distribution; nothing is fetched for it."""
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", out, source, cwd=source)
    return max(out.glob("*.whl"), key=lambda path: path.stat().st_mtime_ns)


def raised(source: Path) -> None:
    """Make a source distribution the next version."""
    for name, before in (("pyproject.toml", 'version = "0.1.0"'), ("crawler/__init__.py", '__version__ = "0.1.0"')):
        text = (source / name).read_text("utf-8")
        assert before in text
        (source / name).write_text(text.replace(before, before.replace("0.1.0", NEXT)), "utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment of its own; the packages of others are those of these tests, so that no network is needed."""

    place: Path

    @property
    def command(self) -> Path:
        return self.place / "bin/roundup"

    def make(self) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", self.place, cwd=self.place.parent)
        (packages,) = self.place.glob("lib/python*/site-packages")
        # Files *.pth in a folder that one of them names are not read: this project as it stands here stays out.
        others = [each for each in sys.path if Path(each).name == "site-packages"]
        (packages / "others.pth").write_text("\n".join(others), "utf-8")

    def install(self, file: Path) -> None:
        pip = (sys.executable, "-m", "pip", "--quiet", "--python", self.place / "bin/python")
        run(*pip, "install", "--no-index", "--no-deps", "--upgrade", file, cwd=self.place)
