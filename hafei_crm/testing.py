"""The pytest plugin: the servers once, in the controller; test databases copied from one migrated template."""

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from core.catalogue import compile_catalogues
from hafei_crm.embedded.servers import running_servers
from hafei_crm.embedded.state import ROOT, open_lock, state_directory, state_path, take_lock

stack = ExitStack()


def prepare_controller() -> None:
    compile_catalogues(ROOT)
    os.environ["TESTING"] = "on"
    os.environ["HAFEI_STATE"] = f"{state_path()}-test"  # the tests never touch the data of ./run
    os.environ["HAFEI_FSYNC"] = "off"
    os.environ["HAFEI_HTTPS"] = "off"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the thread of the test
    wait_for_other_run(state_directory())
    stack.enter_context(running_servers())
    os.environ["TEST_TEMPLATE"] = template_database()


def prepare_worker(number: int) -> None:
    os.environ["VALKEY_DATABASE"] = str(2 + 2 * number)


def wait_for_other_run(state: Path) -> None:
    """Two runs of one checkout would drop each other's databases."""
    lock = stack.enter_context(open_lock(state, "test-run"))
    if not take_lock(lock):
        print("Another test run of this checkout is under way; waiting for its end.", file=sys.stderr)
        fcntl.flock(lock, fcntl.LOCK_EX)


def template_database() -> str:
    """The name of a database with every migration applied, made anew when a migration or a pin has changed.

    Triggers and roles are no migrations: a changed declaration of theirs is installed in the template there is.
    """
    name, declared = f"template_{migrations_digest()}", declarations_digest()
    connection = psycopg2.connect(url_of_database("postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        templates = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        cursor.execute(f"{templates} WHERE datname LIKE 'template\\_%' AND NOT datistemplate")
        existing = dict(cursor.fetchall())
        if name not in existing:
            for outdated in existing:
                cursor.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
            cursor.execute("CREATE DATABASE template_part")
            migrate("template_part")
            cursor.execute(f'ALTER DATABASE template_part RENAME TO "{name}"')
        elif existing[name] != declared:
            migrate(name)
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{declared}'")
    connection.close()
    return name


def migrate(database: str) -> None:
    command = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": url_of_database(database)})


def url_of_database(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def migrations_digest() -> str:
    return digest_of([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("requirements*.txt")])


def declarations_digest() -> str:
    """Of models, which declare the triggers, and of what the roles may."""
    files = [*ROOT.glob("*/models.py"), *ROOT.glob("*/models/*.py"), *ROOT.glob("core/history.py")]
    return digest_of([*files, *ROOT.glob("users/*.py")])


def digest_of(files: list[Path]) -> str:
    digest = hashlib.sha1()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("hafei_crm.browser_fixtures")


def pytest_unconfigure() -> None:
    stack.close()


# At import, because pytest-django reads the settings before any hook of ours could run.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    prepare_worker(int(worker.removeprefix("gw")))
else:
    prepare_controller()
