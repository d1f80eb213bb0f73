import json
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.importing import import_file
from core.importing.batches import importer_named, summary
from core.importing.mapping import read_mapping
from hafei_crm.wiring import IMPORTERS
from users.models import User

SHOWN_ERRORS = 20


class Command(BaseCommand):
    help = "Import the rows of an Excel or text file; all of them or, with an error in any, none."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", help=", ".join(importer.name for importer in IMPORTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", default="", help='columns by heading: "month=month,area=city"')
        parser.add_argument("--source", help="what the rows are called, where the import asks for it")
        parser.add_argument("--kind", help="what kind of rows they are, where the import asks for it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--report", type=Path, help="write the report to this file as JSON")
        parser.add_argument("--user", help="the user name of the person who imports")

    def handle(self, *, name, file, map, source, kind, dry_run, report, user, **_options) -> None:
        options = {key: value for key, value in {"source": source, "kind": kind}.items() if value}
        try:
            importer = importer_named(IMPORTERS, name)
            by = User.objects.get(username=user) if user else None
            mapping = read_mapping(map)
            with file.open("rb") as content:
                opened = File(content, name=file.name)
                result = import_file(importer, opened, by=by, mapping=mapping, options=options, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except User.DoesNotExist as error:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": user}) from error
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        values = result.as_dict()
        if report:
            report.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
        for error in result.errors[:SHOWN_ERRORS]:
            self.stderr.write(f"{error.row} {error.column} “{error.value}”: {error.message}")
        self.stdout.write(summary(values))
        if result.errors:
            raise CommandError(_("Nothing was saved."))
