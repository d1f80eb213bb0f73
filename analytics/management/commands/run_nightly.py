from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.actions import purge_old_runs, run_scheme
from analytics.models import ForecastRun, TrendScheme


class Command(BaseCommand):
    help = "Run the trend schemes of a night here and now: the same work that beat starts at 01:30."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="the night's date, YYYY-MM-DD; default: today")

    def handle(self, *args, **options) -> None:
        day = options["date"] or timezone.localdate()
        failed = 0
        for scheme in TrendScheme.objects.nightly().order_by("pk"):
            try:
                self._report(scheme, run_scheme(scheme.pk, business_date=day))
            except Exception as error:  # noqa: BLE001 - one scheme that fails must not cost the others their night
                failed += 1
                self.stderr.write(f"{scheme}: {error}")
        purge_old_runs(day)
        if failed:
            raise CommandError(_("%(count)d schemes failed; their published forecasts stay.") % {"count": failed})

    def _report(self, scheme: TrendScheme, run: ForecastRun) -> None:
        text = _("%(scheme)s: %(series)d series, %(ended)d ended, %(status)s, %(seconds).1f s")
        self.stdout.write(
            text
            % {
                "scheme": scheme,
                "series": run.series_count,
                "ended": run.ended_count,
                "status": run.get_status_display(),
                "seconds": run.seconds or 0,
            }
        )
        self.stdout.flush()
