"""The state directory: where the embedded servers keep their data, and who uses them just now."""

import base64
import fcntl
import hashlib
import os
import pwd
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_SOCKET_PATH = 107
LONGEST_NAME_INSIDE = len("/db/.s.PGSQL.5432.lock")


def state_path() -> Path:
    """HAFEI_STATE, else a short directory (a socket path is limited) for this user and this checkout."""
    tag = hashlib.sha1(str(ROOT).encode()).hexdigest()[:8]
    return Path(os.environ.get("HAFEI_STATE") or f"/var/tmp/hafei-{os.geteuid()}-{tag}").absolute()


def state_directory() -> Path:
    state = state_path()
    if len(str(state)) + LONGEST_NAME_INSIDE > LONGEST_SOCKET_PATH:
        raise SystemExit(f"The state directory {state} is too long for a Unix socket; choose a shorter one.")
    try:
        state.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"The state directory {state} cannot be made: {error.strerror}.") from error
    if state.stat().st_uid != os.geteuid():
        raise SystemExit(f"The state directory {state} belongs to another user; choose another with HAFEI_STATE.")
    if os.geteuid() == 0:
        require_open_path(state)
    return state


def require_open_path(state: Path) -> None:
    """PostgreSQL refuses to run as root, and the account that runs it must get to its data."""
    closed = [folder for folder in (state, *state.parents) if not folder.stat().st_mode & 0o001]
    if closed:
        raise SystemExit(
            f"{closed[0]} is closed to other accounts, and PostgreSQL does not run as root: "
            "choose a state directory outside it, for example below /var/tmp."
        )


def server_account() -> pwd.struct_passwd | None:
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root: create the account 'postgres', or start as an ordinary user.")


def open_lock(state: Path, name: str) -> IO[str]:
    return open(state / name, "a+")


def take_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release_lock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def held_gate(state: Path) -> Iterator[None]:
    """Held while somebody joins or the servers stop."""
    with open_lock(state, "gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def is_kept(state: Path) -> bool:
    with open_lock(state, "keeper") as keeper:
        return not take_lock(keeper)


def secret_key(state: Path) -> str:
    return _kept(state / "secret-key", secrets.token_urlsafe(50))


def field_key(state: Path) -> str:
    """What encrypts ID numbers in the embedded database; lost with it, and never made for a database of yours."""
    return _kept(state / "field-key", new_field_key())


def new_field_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _kept(path: Path, secret: str) -> str:
    """The secret in the file; the new one when there is none yet."""
    if not path.exists():
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secret)
        part.replace(path)
    return path.read_text()
