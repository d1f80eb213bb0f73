from django.core.management.base import BaseCommand

from customers.actions import rewrite_id_numbers


class Command(BaseCommand):
    help = "Write every encrypted value anew with the first key of HAFEI_FIELD_KEY; the others may go afterwards."

    def handle(self, **options) -> None:
        self.stdout.write(f"{rewrite_id_numbers()} ID numbers were written with the first key.")
