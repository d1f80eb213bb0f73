from django.conf import settings
from django.core.management.base import BaseCommand

from core.catalogue import compile_catalogues, messages_of_project, update_catalogue


class Command(BaseCommand):
    help = "Brings locale/zh_Hans in step with the texts of templates and code, and names those without translation."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        path = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
        catalogue = update_catalogue(path, messages_of_project(settings.BASE_DIR))
        compile_catalogues(settings.BASE_DIR)
        missing = [entry.msgid for entry in catalogue.untranslated_entries()]
        for text in missing:
            self.stdout.write(f"  {text!r}")
        self.stdout.write(f"{len(catalogue)} messages, {len(missing)} without translation")
