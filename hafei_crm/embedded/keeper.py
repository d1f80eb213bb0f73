"""The process that owns the two servers as long as anybody uses them."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from hafei_crm.embedded import postgresql, valkey
from hafei_crm.embedded.processes import stop_process
from hafei_crm.embedded.state import open_lock, release_lock, state_directory, take_lock

LOOK_SECONDS = 0.2
STARTERS = {
    "PostgreSQL": (postgresql.start_postgresql, postgresql.STOP_SIGNAL),
    "Valkey": (valkey.start_valkey, valkey.STOP_SIGNAL),
}


def keep_servers() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    state = state_directory()
    with open_lock(state, "keeper") as keeper, open_lock(state, "gate") as gate, open_lock(state, "users") as users:
        fcntl.flock(keeper, fcntl.LOCK_EX)  # waits: a question whether there is a keeper takes the lock for a moment
        keeper.truncate(0)
        keeper.write(str(os.getpid()))
        keeper.flush()
        servers: dict[str, subprocess.Popen] = {}
        try:
            while not is_abandoned(gate, users):
                start_dead_servers(state, servers)
                time.sleep(LOOK_SECONDS)
        finally:
            for name, process in servers.items():
                stop_process(process, STARTERS[name][1], seconds=30)


def start_dead_servers(state: Path, servers: dict[str, subprocess.Popen]) -> None:
    for name, (start, _) in STARTERS.items():
        if name not in servers:
            servers[name] = start(state)
        elif servers[name].poll() is not None:
            print(f"{name} ended by itself and is started again.", file=sys.stderr, flush=True)
            servers[name] = start(state)


def is_abandoned(gate: IO[str], users: IO[str]) -> bool:
    """No user is left (each holds a shared lock that ends with its process); then the gate stays shut."""
    if not take_lock(gate):
        return False
    if take_lock(users):
        return True
    release_lock(gate)
    return False
