import os
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from analytics.forecasting import forecast_collection
from analytics.forecasting.long_csv import FileRefused, read_series, write_forecasts
from analytics.forecasting.processes import parallel

MOST_PROCESSES = 8
# Starting processes costs more than they save on fewer series.
FEWEST_SERIES_OF_A_PROCESS = 20


def number_between(smallest: int, greatest: int):
    def parse(text: str) -> int:
        if not text.isdecimal() or not smallest <= int(text) <= greatest:
            raise ArgumentTypeError(
                _("“%(value)s” is not a whole number from %(smallest)s to %(greatest)s.")
                % {"value": text, "smallest": smallest, "greatest": greatest}
            )
        return int(text)

    return parse


class Command(BaseCommand):
    help = "Forecast the monthly series of a CSV file (series, period YYYY-MM, value) into another; uses no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--horizon", type=number_between(1, 120), required=True, help="months to forecast")
        parser.add_argument("--output", type=Path, required=True, metavar="OUT.csv")
        parser.add_argument("--season", type=number_between(1, 60), default=12, help="months in a season")

    def handle(self, *args, file: Path, horizon: int, output: Path, season: int, **options) -> None:
        try:
            series = read_series(file)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        with parallel(
            min(MOST_PROCESSES, len(os.sched_getaffinity(0)), len(series) // FEWEST_SERIES_OF_A_PROCESS)
        ) as run:
            forecasts = forecast_collection(series, horizon=horizon, season=season, run=run)
        try:
            write_forecasts(output, series, forecasts)
        except OSError as error:
            raise CommandError(
                _("The file %(path)s cannot be written: %(reason)s.") % {"path": output, "reason": error.strerror}
            ) from error
        if options["verbosity"]:
            self.stdout.write(_("%(count)s series forecast into %(path)s.") % {"count": len(forecasts), "path": output})
