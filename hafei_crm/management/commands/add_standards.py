from django.core.management.base import BaseCommand

from contracts.actions import add_standard_terms
from customers.actions import add_standard_lead_settings, add_standard_pipeline
from users.actions import add_standard_flows


class Command(BaseCommand):
    help = "Enters the settings a company begins with, where there are none yet; runs after every migration."

    def handle(self, **options) -> None:
        add_standard_pipeline()
        add_standard_lead_settings()
        add_standard_flows()
        add_standard_terms()
