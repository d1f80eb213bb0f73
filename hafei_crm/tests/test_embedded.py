"""The embedded servers and ./run with real processes: what starts, what is shared, what survives kill -9."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from hafei_crm.embedded.postgresql import database_url
from hafei_crm.embedded.state import ROOT
from hafei_crm.supervisor import digest_of_code, ease_trying_out, program_children, require_guards

pytestmark = pytest.mark.slow

HOLD = """
import sys
from hafei_crm.embedded.servers import running_servers
with running_servers():
    print("joined", flush=True)
    sys.stdin.readline()
"""
SET_HERE = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "HAFEI_FIELD_KEY",
    "MEDIA_ROOT",
    "BEAT_SCHEDULE",
    "TESTING",
    "VALKEY_DATABASE",
}


@pytest.fixture(scope="module")
def state():
    folder = tempfile.mkdtemp(prefix="hafei-", dir="/var/tmp")
    os.chmod(folder, 0o711)
    yield Path(folder)
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder)


@pytest.fixture
def environment(state):
    kept = {name: value for name, value in os.environ.items() if name not in SET_HERE}
    return kept | {"HAFEI_STATE": str(state), "HAFEI_FSYNC": "off"}


@pytest.fixture
def start(environment):
    """Start a Python program; whatever is left of it at the end of the test is killed."""
    started = []

    def start_program(*arguments):
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start_program
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def hold(start):
    def hold_servers():
        process = start("-c", HOLD)
        assert process.stdout.readline() == "joined\n"
        return process

    return hold_servers


def release(process):
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def processes_of(state):
    """Every living process that belongs to a state directory, by its command, environment or working directory."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            signs = command, (process / "environ").read_bytes().decode(errors="replace"), os.readlink(process / "cwd")
        except OSError:
            continue
        if int(process.name) != os.getpid() and any(str(state) in sign for sign in signs):
            found[int(process.name)] = command
    return found


def process_named(state, pattern):
    return min(pid for pid, command in processes_of(state).items() if re.search(pattern, command))


def wait_until(question, seconds=10):
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, f"still not true after {seconds} s"
        time.sleep(0.1)
    return answer


def nothing_left(state):
    return not processes_of(state)


def run_sql(state, *statements):
    connection = psycopg2.connect(database_url(state))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def answer_of_sql(state, statement):
    try:
        return run_sql(state, statement)
    except psycopg2.OperationalError:
        return None


def test_last_user_stops_the_servers(state, hold):
    first, second = hold(), hold()
    release(first)
    assert run_sql(state, "SELECT 1") == [(1,)]
    release(second)
    wait_until(lambda: nothing_left(state), seconds=3)  # the last may still be leaving


def test_command_shares_running_servers_and_leaves_them(state, hold, environment):
    holder = hold()
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "-c",
        "from django.db import connection as c; c.ensure_connection()",
    ]
    assert subprocess.run(command, cwd=ROOT, env=environment).returncode == 0
    assert run_sql(state, "SELECT 1") == [(1,)]
    release(holder)
    wait_until(lambda: nothing_left(state), seconds=3)


def test_killed_user_leaves_no_servers_behind(state, hold):
    hold().kill()
    assert wait_until(lambda: nothing_left(state))


def test_killed_postgresql_comes_back_with_every_committed_row(state, hold):
    holder = hold()
    run_sql(state, "CREATE TABLE kept (n int)", "INSERT INTO kept SELECT generate_series(1, 1000)")
    os.kill(process_named(state, r"bin/postgres -D"), signal.SIGKILL)
    assert wait_until(lambda: answer_of_sql(state, "SELECT count(*) FROM kept") == [(1000,)])
    release(holder)


def test_everything_killed_at_once_recovers_at_the_next_start(state, hold):
    holder = hold()
    run_sql(state, "CREATE TABLE survived (n int)", "INSERT INTO survived VALUES (7)")
    doomed = [process_named(state, name) for name in (r"-m hafei_crm.embedded", r"bin/postgres -D", r"valkey-server")]
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):  # the death of the first already asks the others to end
            os.kill(pid, signal.SIGKILL)
    holder.kill()
    second = hold()
    assert run_sql(state, "SELECT n FROM survived") == [(7,)]
    release(second)
    wait_until(lambda: nothing_left(state), seconds=3)


def test_one_address_alone_is_refused(environment):
    command = [sys.executable, "manage.py", "migrate"]
    alone = environment | {"DATABASE_URL": "postgres:///nowhere"}
    result = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("DATABASE_URL alone is set")


OWN_SERVERS = {"DATABASE_URL": "postgres:///nowhere", "REDIS_URL": "redis://nowhere"}


@pytest.mark.parametrize(
    ("settings", "arguments", "missing"),
    [
        ({"HAFEI_PROXY": "on"}, ["--host", "0.0.0.0"], "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "crm.example"}, ["--host", "0.0.0.0"], "HAFEI_PROXY=on"),
        ({"HAFEI_HTTPS": "on", "HAFEI_PROXY": "off"}, [], "HAFEI_PROXY=on"),
    ],
)
def test_run_on_own_servers_refuses_to_start_without_its_guards(environment, settings, arguments, missing):
    kept = {name: value for name, value in environment.items() if name not in ("ALLOWED_HOSTS", "HAFEI_HTTPS")}
    command = [sys.executable, "-m", "hafei_crm.supervisor", *arguments]
    result = subprocess.run(command, cwd=ROOT, env=kept | OWN_SERVERS | settings, capture_output=True, text=True)
    assert result.returncode == 1
    assert missing in result.stderr


def test_run_on_own_servers_speaks_plain_http_to_this_machine_alone(monkeypatch):
    for name in ("HAFEI_HTTPS", "HAFEI_PROXY"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    require_guards("127.0.0.1")
    assert os.environ["HAFEI_HTTPS"] == "off"


def test_run_on_embedded_servers_is_eased_for_trying_out(monkeypatch, capsys):
    for name in ("ALLOWED_HOSTS", "HAFEI_HTTPS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    ease_trying_out("127.0.0.1")
    assert (os.environ["HAFEI_HTTPS"], "ALLOWED_HOSTS" in os.environ, capsys.readouterr().out) == ("off", False, "")
    ease_trying_out("0.0.0.0")
    assert os.environ["ALLOWED_HOSTS"] == "*"
    assert "trying out only" in capsys.readouterr().out


def test_only_the_worker_of_embedded_servers_takes_over_what_another_began():
    def surroundings_of_worker(own):
        return next(child.environment for child in program_children(0, own=own) if child.name == "worker")

    assert surroundings_of_worker(own=False)["SOLE_WORKER"] == "on"
    assert "SOLE_WORKER" not in surroundings_of_worker(own=True)


def test_port_in_use_is_told(state, start):
    with socket.create_server(("127.0.0.1", 0)) as rival:
        port = rival.getsockname()[1]
        supervisor = start("-m", "hafei_crm.supervisor", "--empty", "--port", str(port))
        output = supervisor.communicate(timeout=30)[0]
    assert supervisor.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in output
    wait_until(lambda: nothing_left(state), seconds=3)


def test_run_restarts_what_is_killed_and_leaves_nothing_behind(state, start):
    # As if set up already: the migrations would take half a minute and are not the matter here.
    (state / "set-up").write_text(digest_of_code(wants_demo=False))
    address, supervisor = start_supervisor(start)
    wait_until(lambda: any("celery@" in line for line in supervisor.stdout), seconds=30)  # the worker is at work
    keeper = process_named(state, r"-m hafei_crm.embedded")
    parts = {r"gunicorn": supervisor.pid, r"celery .*worker": supervisor.pid, r"celery .*beat": supervisor.pid}
    parts |= {r"bin/postgres": keeper, r"valkey-server": keeper}
    for name, parent in parts.items():
        kill_and_wait_for_successor(state, parent, name)
        wait_until(lambda: is_healthy(address), seconds=30)
    supervisor.kill()
    wait_until(lambda: nothing_left(state))

    address, supervisor = start_supervisor(start)
    assert is_healthy(address)
    supervisor.terminate()
    supervisor.communicate(timeout=30)
    assert supervisor.returncode == 128 + signal.SIGTERM
    wait_until(lambda: nothing_left(state), seconds=3)


def start_supervisor(start):
    supervisor = start("-m", "hafei_crm.supervisor", "--empty", "--port", "0")
    for line in supervisor.stdout:
        if match := re.search(r"http://\S+", line):
            return match.group(), supervisor
    raise AssertionError("./run ended before it named its address")


def kill_and_wait_for_successor(state, parent, name):
    (killed,) = children_named(state, parent, name)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: set(children_named(state, parent, name)) - {killed}, seconds=30)


def children_named(state, parent, pattern):
    return [
        pid for pid, command in processes_of(state).items() if re.search(pattern, command) and parent_of(pid) == parent
    ]


def parent_of(pid):
    try:
        return int(re.search(r"PPid:\t(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1))
    except OSError:
        return None


def is_healthy(address):
    try:
        return urllib.request.urlopen(f"{address}healthz", timeout=5).status == 200
    except OSError:
        return False
