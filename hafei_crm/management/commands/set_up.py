import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the database and the static files ready to serve; ./run calls it at each start."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo data when nobody can sign in yet")

    def handle(self, *, demo: bool, **options) -> None:
        call_command("migrate", verbosity=0)
        collect_changed_files(Path(settings.STATIC_ROOT))
        if demo and not get_user_model().objects.exists():
            call_command("load_demo")


def collect_changed_files(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with open(target / ".collected", "a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)  # a second ./run of this checkout may start at the same time
        mark.seek(0)
        wanted = digest_of_files()
        if mark.read() != wanted:
            call_command("collectstatic", interactive=False, verbosity=0)
            mark.truncate(0)
            mark.write(wanted)


def digest_of_files() -> str:
    digest = hashlib.sha1(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{getattr(storage, 'prefix', '')}/{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
