import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from core.errors import RuleBroken
from hafei_crm.demo.load import load_demo, settle_down

WIDTH = 30


class Command(BaseCommand):
    help = "Fill an empty database with a believable Hafei: three years of customers, orders, stock, plans and claims."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="1 is about 10,000 customers and 8,000 cars")
        parser.add_argument("--seed", type=int, default=1, help="the same seed on the same day makes the same data")

    def handle(self, *, scale: int, seed: int, **options) -> None:
        password = os.environ.get("HAFEI_DEMO_PASSWORD", "hafei-demo")
        try:
            with translation.override("zh-hans"):
                load_demo(
                    scale=scale, seed=seed, today=timezone.localdate(), password=password, progress=self.show_progress
                )
        except RuleBroken as refusal:
            raise CommandError(refusal.sentence) from refusal
        settle_down()

    def show_progress(self, what: str, share: float) -> None:
        done = round(WIDTH * share)
        line = f"[{'#' * done}{'.' * (WIDTH - done)}] {share:4.0%} {what}"
        if sys.stderr.isatty():
            self.stderr.write(f"\r{line:<70}", ending="\n" if share == 1 else "")
        else:
            self.stderr.write(line)
