import sys
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from core.formats import money
from hafei_crm.wiring import BOOK_CHECKS


class Command(BaseCommand):
    help = "Check on live data what must always be true of orders, money and cars; exits 1 on a breach."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE
        )

    def handle(self, *, language: str, **options) -> None:
        with translation.override(language):
            breaches = sum(self.show(check) for check in BOOK_CHECKS)
            self.stdout.write(
                _("%(count)d breaches in %(checks)d checks") % {"count": breaches, "checks": len(BOOK_CHECKS)}
            )
        if breaches:
            sys.exit(1)

    def show(self, check) -> int:
        begun = perf_counter()
        found = check.look()
        mark = self.style.ERROR("✗") if found.breach_count else self.style.SUCCESS("✓")
        self.stdout.write(f"{mark} {check.label} ({perf_counter() - begun:.2f} s)")
        for label, figure in found.figures:
            self.stdout.write(f"    {label}: {figure if isinstance(figure, int) else money(figure)}")
        for text in found.breaches:
            self.stdout.write(self.style.ERROR(f"    ! {text}"))
        return found.breach_count
