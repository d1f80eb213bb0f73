"""Child processes that end with their parent, however it ends."""

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


def last_lines(log: Path, count: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""
