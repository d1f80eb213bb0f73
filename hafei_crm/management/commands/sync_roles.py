from django.core.management.base import BaseCommand

from users.actions import sync_roles


class Command(BaseCommand):
    help = "Make Groups and permissions equal to the table in users/access."

    def handle(self, *args, **options):
        sync_roles()
