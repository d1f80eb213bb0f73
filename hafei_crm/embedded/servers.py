"""Joining and leaving the embedded servers; the first to join starts their keeper, the last to leave ends it."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from hafei_crm.embedded.postgresql import database_url, postgresql_answers
from hafei_crm.embedded.processes import last_lines
from hafei_crm.embedded.state import (
    ROOT,
    field_key,
    held_gate,
    is_kept,
    open_lock,
    secret_key,
    state_directory,
    take_lock,
)
from hafei_crm.embedded.valkey import valkey_answers, valkey_url

START_SECONDS = 90


def uses_own_servers() -> bool:
    """DATABASE_URL and REDIS_URL name servers of yours; then nothing is started here."""
    given = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise SystemExit(
            f"{given[0]} alone is set: set DATABASE_URL and REDIS_URL, or neither to use the embedded ones."
        )
    return bool(given)


@contextmanager
def running_servers() -> Iterator[None]:
    """With the servers up and the environment naming them, unless it names some already."""
    state = state_directory()
    if uses_own_servers():
        os.environ.setdefault("SECRET_KEY", secret_key(state))
        yield
        return
    with open_lock(state, "users") as users:
        join(state, users)
        os.environ.update(server_environment(state))
        try:
            yield
        finally:
            leave(state, users)


def require_servers(state: Path) -> None:
    """Start a keeper again when the one that was there has been killed; the caller has joined already."""
    if not is_kept(state):
        with held_gate(state):
            wait_for_keeper(state)


def server_environment(state: Path) -> dict[str, str]:
    places = {"MEDIA_ROOT": str(state / "media"), "BEAT_SCHEDULE": str(state / "beat-schedule")}
    places["EMAIL_URL"] = f"filemail:///{state}/mail"
    wanted = places | {"SECRET_KEY": secret_key(state), "HAFEI_FIELD_KEY": field_key(state)}
    own = {name: value for name, value in wanted.items() if name not in os.environ}
    return own | {"HAFEI_STATE": str(state), "DATABASE_URL": database_url(state), "REDIS_URL": valkey_url(state)}


def join(state: Path, users: IO[str]) -> None:
    with held_gate(state):
        fcntl.flock(users, fcntl.LOCK_SH)
        wait_for_keeper(state)


def wait_for_keeper(state: Path) -> None:
    log = state / "keeper.log"
    keeper = None
    end = time.monotonic() + START_SECONDS
    while not (postgresql_answers(state) and valkey_answers(state) and is_kept(state)):
        if keeper is None and not is_kept(state):
            keeper = start_keeper(state, log)
        if time.monotonic() > end or (keeper and keeper.poll() is not None):
            raise SystemExit(f"The embedded servers did not start ({log}):\n{last_lines(log)}")
        time.sleep(0.03)


def start_keeper(state: Path, log: Path) -> subprocess.Popen:
    """It writes to a file of its own: it may outlive this command, whose output others may be waiting for."""
    with open(log, "w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "hafei_crm.embedded"], cwd=ROOT, env=os.environ | {"HAFEI_STATE": str(state)},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip


def leave(state: Path, users: IO[str]) -> None:
    with held_gate(state):
        users.close()
        with open_lock(state, "users") as others:
            if not take_lock(others):
                return
        pid = (state / "keeper").read_text()
        if pid and is_kept(state):
            os.kill(int(pid), signal.SIGTERM)
        while is_kept(state):
            time.sleep(0.03)
