import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from users.cast import CAST
from users.models import User


class Command(BaseCommand):
    help = "Makes the database and the static files ready to serve; ./run calls it when something has changed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo data when nobody can sign in yet")
        parser.add_argument("--summary", type=Path, help="file for what the person at the console should know")

    def handle(self, *, demo: bool, summary: Path | None, **options) -> None:
        call_command("migrate", verbosity=0)
        collect_changed_files(Path(settings.STATIC_ROOT))
        if demo and not User.objects.exists():
            call_command("load_demo")  # one transaction: killed half way it leaves nothing, and is loaded again
        if summary:
            summary.write_text(demo_logins())


def demo_logins() -> str:
    names = [part.username for part in CAST]
    if User.objects.filter(username__in=names).count() < len(names):
        return ""
    return (
        f"Demo logins: {', '.join(names)}\n"
        "Password: hafei-demo, unless HAFEI_DEMO_PASSWORD named another when they were made"
    )


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
