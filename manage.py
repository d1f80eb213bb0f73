#!/usr/bin/env python
import os
import secrets
import signal
import sys
from pathlib import Path

from core.catalogue import compile_catalogues
from hafei_crm.embedded.servers import running_servers
from hafei_crm.embedded.state import new_field_key

WITHOUT_SERVERS = {"help", "--help", "-h", "version", "--version", "forecast_file", "update_catalogue", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hafei_crm.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if sys.argv[1:2] == ["runserver"]:
        os.environ.setdefault("HAFEI_HTTPS", "off")
    compile_catalogues(Path(__file__).resolve().parent)
    if len(sys.argv) < 2 or sys.argv[1] in WITHOUT_SERVERS:
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
        os.environ.setdefault("HAFEI_FIELD_KEY", new_field_key())
        os.environ.setdefault("DATABASE_URL", "postgres:///hafei")
        os.environ.setdefault("REDIS_URL", "redis://localhost")
        run_command()
    else:
        with running_servers():
            run_command()


def run_command() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
