"""What `./run` is once everything is installed: the servers, then web, worker and beat as direct children."""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

import environ

from hafei_crm.embedded.processes import die_with_parent, stop_process
from hafei_crm.embedded.servers import require_servers, running_servers, uses_own_servers
from hafei_crm.embedded.state import ROOT, state_path

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_PORT = 8000
PORTS_TO_TRY = 50
LOOK_SECONDS = 0.2
STOP_SECONDS = 15
LONGEST_PAUSE_SECONDS = 30
PROGRAMS = os.path.dirname(sys.executable)
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
LIMITS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # else each worker process takes every core


@dataclass
class Child:
    """A program that is started again when it ends by itself, after a pause that grows while it keeps failing."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    inherited: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    started_at: float = 0
    pause: float = 0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | LIMITS | self.environment,
            stdin=subprocess.DEVNULL,
            pass_fds=self.inherited,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops the others in order
            # When the supervisor is killed the servers go as well, and a polite worker would wait for them for ever.
            preexec_fn=die_with_parent(signal.SIGKILL),
        )

    def look(self) -> None:
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived > LONGEST_PAUSE_SECONDS * 2:
            self.pause = 0
        if lived < self.pause:
            return
        print(f"{self.name} ended ({self.process.returncode}) and is started again.", file=sys.stderr, flush=True)
        self.pause = min(max(1, self.pause * 2), LONGEST_PAUSE_SECONDS)
        self.start()


def main() -> None:
    options = read_options()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    if options.state:
        os.environ["HAFEI_STATE"] = options.state
    own = uses_own_servers()
    require_guards(options.host) if own else ease_trying_out(options.host)
    with listening_socket(options.host, options.port) as listener:
        host, port = options.host, listener.getsockname()[1]
        place = "the servers that DATABASE_URL and REDIS_URL name" if own else state_path()
        print(f"The data is kept in {place}", flush=True)
        with running_servers():
            told = set_up(options, own=own)
            children = program_children(listener.fileno(), own=own)
            try:
                web, *background = children
                web.start()
                wait_for_page(port, host, web)
                for child in background:
                    child.start()
                address = f"http://{'localhost' if host in ('0.0.0.0', '::') else host}:{port}/"
                print(f"Hafei CRM: {address}  (Ctrl-C stops it)", told, sep="\n", flush=True)
                supervise(children, own=own)
            finally:
                stop_children(children)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Starts Hafei CRM and serves until Ctrl-C.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0: every address)")
    parser.add_argument("--port", type=int, help=f"default {DEFAULT_PORT}, or the next free one")
    parser.add_argument("--state", metavar="DIR", help="where the embedded servers keep their data (or HAFEI_STATE)")
    demo = parser.add_mutually_exclusive_group()
    demo.add_argument("--empty", action="store_true", help="no demo data on the first start")
    demo.add_argument("--demo", action="store_true", help="demo data even where DATABASE_URL names the database")
    return parser.parse_args()


def require_guards(host: str) -> None:
    """Servers of one's own mean real data: what could only fail, or is open to others, is said at once."""
    if host in LOOPBACK and not is_on("HAFEI_PROXY", "off"):
        os.environ.setdefault("HAFEI_HTTPS", "off")  # nobody but this machine reaches it
    if host not in LOOPBACK and not os.environ.get("ALLOWED_HOSTS"):
        raise SystemExit(f"--host {host} opens the system to others: set ALLOWED_HOSTS to the names people type.")
    if is_on("HAFEI_HTTPS", "on") and not is_on("HAFEI_PROXY", "off"):
        raise SystemExit(
            "Every page would be sent on to https, which ./run does not speak. Behind a proxy that speaks TLS and sets "
            "X-Forwarded-Proto set HAFEI_PROXY=on; to do without TLS set HAFEI_HTTPS=off."
        )


def ease_trying_out(host: str) -> None:
    os.environ.setdefault("HAFEI_HTTPS", "off")
    if host not in LOOPBACK and not os.environ.get("ALLOWED_HOSTS"):
        os.environ["ALLOWED_HOSTS"] = "*"
        print(f"--host {host}: any host name is answered, which is for trying out only; set ALLOWED_HOSTS.", flush=True)


def is_on(name: str, default: str) -> bool:
    """As the settings will read it."""
    return os.environ.get(name, default).lower() in environ.Env.BOOLEAN_TRUE_STRINGS


def listening_socket(host: str, port: int | None) -> socket.socket:
    """Bound here and handed to gunicorn: no rival can take it, and it outlives a restart of the web."""
    candidates = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TO_TRY)
    for candidate in candidates:
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(256)
        except OSError as error:
            listener.close()
            reason = error.strerror
            continue
        if port is None and candidate != DEFAULT_PORT:
            print(f"Port {DEFAULT_PORT} is in use; port {candidate} is taken instead.", flush=True)
        return listener
    raise SystemExit(f"Cannot listen on {host}, port {candidates[0]}: {reason}. Choose another with --port.")


def set_up(options: argparse.Namespace, *, own: bool) -> str:
    """Migrations, static files, demo data; skipped when neither the code nor the wish has changed since.

    Returns what the person at the console should know: the demo logins.
    """
    wants_demo = options.demo or not (own or options.empty)
    mark, wanted = state_path() / "set-up", digest_of_code(wants_demo)
    if not own and mark.exists() and mark.read_text().startswith(wanted):
        return mark.read_text().removeprefix(wanted)
    with tempfile.NamedTemporaryFile("r") as summary:
        command = [sys.executable, "manage.py", "set_up", "--summary", summary.name]
        command += ["--demo"] if wants_demo else []
        child = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent(signal.SIGTERM))
        try:
            if child.wait():
                raise SystemExit("The database could not be set up; the reason stands above.")
        finally:
            stop_process(child)
        told = summary.read()
    if not own:
        mark.write_text(wanted + told)
    return told


def digest_of_code(wants_demo: bool) -> str:
    digest = hashlib.sha1(f"{ROOT} {wants_demo}".encode())
    files = [*ROOT.glob("*.txt"), *ROOT.glob("*.json"), *ROOT.glob("locale/**/*.po"), *ROOT.glob("static/**/*")]
    files += [file for package in ROOT.glob("*/__init__.py") for file in package.parent.rglob("*.py")]
    for file in sorted(files):
        state = file.stat()
        digest.update(f"{file} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def program_children(listener: int, *, own: bool) -> list[Child]:
    gunicorn = ["gunicorn", "hafei_crm.wsgi", "--bind", f"fd://{listener}", "--workers=2", "--threads=4", "--preload"]
    gunicorn += ["--graceful-timeout=5", "--timeout=60", "--log-level=warning", "--no-control-socket"]
    celery = ["celery", "--app=hafei_crm", "--quiet"]
    worker = [*celery, "worker", "--concurrency=2", "--queues=default,forecast", "--loglevel=INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    # SIGTERM becomes a soft shutdown: a running task gets a few seconds and goes back to the queue. The embedded
    # servers have no other worker, so it may also take back what a killed predecessor had begun.
    soft = QUIET | {"REMAP_SIGTERM": "SIGQUIT"} | ({} if own else {"SOLE_WORKER": "on"})
    children = [
        Child("web", gunicorn, inherited=(listener,)),
        Child("worker", worker, soft),
        Child("beat", [*celery, "beat", "--loglevel=WARNING"]),
    ]
    for child in children:
        child.command[0] = os.path.join(PROGRAMS, child.command[0])
    return children


def wait_for_page(port: int, host: str, web: Child, seconds: float = 60) -> None:
    address = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    end = time.monotonic() + seconds
    while time.monotonic() < end and web.process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{address}:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:  # an answer, if only to say that this host name is not allowed
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The web did not start; the reason stands above.")


def supervise(children: list[Child], *, own: bool) -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        if not own:
            require_servers(state_path())
        for child in children:
            child.look()


def stop_children(children: list[Child]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    started = [child.process for child in children if child.process]
    for process in started:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for process in started:
        stop_process(process, seconds=max(0.1, end - time.monotonic()))


if __name__ == "__main__":
    main()
