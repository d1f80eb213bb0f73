"""Django's floor on this machine, in this run: what no page of the product can beat.

    DATABASE_URL=postgres://... python floor.py        prints {"plain_ms", "auth_ms", "template_ms", "list_ms"} (medians)

A list page here is: session, signed-in user, one query for the 25 newest of 100,000 rows, one template of 10 columns; gunicorn
with two sync workers, DEBUG off, sequential GETs on a new connection each. Everything lives in a schema of its own that is dropped
at the end. Benchmarks divide their own median by list_ms of the same run.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time

import django
import environ
from django.conf import settings

SCHEMA = "floor_bench"
DATABASE = environ.Env().db("DATABASE_URL")
DATABASE["OPTIONS"] = {**DATABASE.get("OPTIONS", {}), "options": f"-c search_path={SCHEMA}"}
DATABASE["CONN_MAX_AGE"] = 600
PAGE = """<!doctype html><title>floor</title><p>{{ user.username }}<table>{% for row in rows %}<tr><td>{{ row.pk }}<td>{{ row.name }}
<td>{{ row.contact }}<td>{{ row.phone }}<td>{{ row.email }}<td>{{ row.region }}<td>{{ row.kind }}<td>{{ row.city }}<td>{{ row.level }}
<td>{{ row.created_at|date:"Y-m-d H:i" }}</tr>{% endfor %}</table>"""

if not settings.configured:
    middleware = [
        "security.SecurityMiddleware",
        "common.CommonMiddleware",
        "csrf.CsrfViewMiddleware",
        "clickjacking.XFrameOptionsMiddleware",
    ]
    settings.configure(
        DEBUG=False,
        SECRET_KEY="floor" * 12,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="floor",
        USE_TZ=True,
        LANGUAGE_CODE="zh-hans",
        DATABASES={"default": DATABASE},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            *(f"django.middleware.{name}" for name in middleware),
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                        )
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ],
                },
            }
        ],
    )
    django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Customer(models.Model):
    name, contact, phone, email = (models.CharField(max_length=120) for _ in range(4))
    region, kind, city = (models.CharField(max_length=40) for _ in range(3))
    level = models.IntegerField()
    created_at = models.DateTimeField()

    class Meta:
        app_label, db_table, managed = "floor", "customer", False


urlpatterns = [
    path("plain", lambda request: HttpResponse("ok")),
    path("auth", login_required(lambda request: HttpResponse(request.user.username))),
    path("template", login_required(lambda request: render(request, "page.html", {"rows": []}))),
    path(
        "list",
        login_required(
            lambda request: render(request, "page.html", {"rows": Customer.objects.order_by("-created_at", "-id")[:25]})
        ),
    ),
]
application = get_wsgi_application()


def prepare():
    """Make the schema, 100,000 rows and a signed-in session; returns its key."""
    from importlib import import_module

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.core.management import call_command

    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("""create table customer as select i as id, '客户' || i as name, '张伟' as contact, '138' || lpad(i::text, 8, '0') as phone,
            i || '@example.com' as email, '华东' as region, 'person' as kind, '哈尔滨' as city, i % 5 as level,
            timestamptz '2020-01-01' + i * interval '7 minutes' as created_at from generate_series(1, 100000) i;
            alter table customer add primary key (id); create index on customer (created_at desc, id desc); analyze customer""")
    user = get_user_model().objects.create_user("floor")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def median_ms(port, page, key, warm_up=30, counted=200):
    times = []
    for _ in range(warm_up + counted):
        begin = time.perf_counter()
        link = http.client.HTTPConnection("127.0.0.1", port)
        link.request("GET", f"/{page}", headers={"Cookie": f"sessionid={key}"})
        answer = link.getresponse()
        answer.read()
        link.close()
        if answer.status != 200:
            raise SystemExit(f"/{page} answered {answer.status}")
        times.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(times[warm_up:]), 3)


def main():
    key = prepare()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = os.path.dirname(os.path.abspath(__file__))
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "floor:application",
            "-b",
            f"127.0.0.1:{port}",
            "-w",
            "2",
            "--log-level",
            "error",
        ],
        cwd=here,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        print(json.dumps({f"{page}_ms": median_ms(port, page, key) for page in ("plain", "auth", "template", "list")}))
    finally:
        server.terminate()
        server.wait()
        with connection.cursor() as cursor:
            cursor.execute(f"drop schema {SCHEMA} cascade")


if __name__ == "__main__":
    main()
