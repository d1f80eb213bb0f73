"""Child processes that end with their parent, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> Callable[[], None]:
    """A preexec_fn: the kernel sends the signal when the parent is gone, even after kill -9. Direct children only."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    parent = os.getpid()

    def arrange() -> None:
        if library:
            library.prctl(PR_SET_PDEATHSIG, signal_number)
            if os.getppid() != parent:  # it died before the arrangement stood
                os._exit(1)

    return arrange


def wait_until_ready(
    process: subprocess.Popen, is_ready: Callable[[], bool], *, name: str, log: Path, seconds: float = 60
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if is_ready():
            return
        time.sleep(0.03)
    raise SystemExit(f"{name} did not start. The last lines of {log}:\n{last_lines(log)}")


def stop_process(process: subprocess.Popen, signal_number: int = signal.SIGTERM, seconds: float = 20) -> None:
    if process.poll() is None:
        process.send_signal(signal_number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_processes_inside(folder: Path) -> None:
    """A server works in its data directory, so whatever works there when a new one is to start is left over."""
    started = time.monotonic()
    while left := processes_inside(folder):
        waited = time.monotonic() - started
        if waited > 20:
            raise SystemExit(f"The processes {left} still use {folder}; stop them first.")
        if waited > 3:  # most end by themselves within a second
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGQUIT if waited < 6 else signal.SIGKILL)
        time.sleep(0.1)


def processes_inside(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder.resolve()):
                found.append(int(process.name))
        except OSError:  # a zombie, another user's process, or one that has just ended
            continue
    return found


def last_lines(log: Path, count: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""
