"""The night's work by a real worker process: queued by its own first start, done, published."""

import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from analytics.actions import HistoryRow, add_history_source, load_history
from analytics.models import ForecastRun, ForecastValue, TrendScheme
from core.models.jobs import Job
from core.periods import add_months, month_of, months_between
from hafei_crm.embedded.state import ROOT
from hafei_crm.testing import url_of_database
from users.actions import add_unit
from users.models import Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LONGEST_NIGHT_SECONDS = 90
OWN_VALKEY_DATABASE = "14"
Status = Job.Status


@pytest.fixture
def first_worker():
    """Started as ./run starts it; queue and results lie in a numbered database of their own."""
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DATABASE_URL": url_of_database(name),
        "VALKEY_DATABASE": OWN_VALKEY_DATABASE,
        "SOLE_WORKER": "on",
        "REMAP_SIGTERM": "SIGQUIT",
    }
    command = [sys.executable, "-m", "celery", "--app=hafei_crm", "worker", "--concurrency=1"]
    command += ["--queues=default,forecast", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    yield process
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def two_models(transactional_db):
    """Three years of two models, up to the last finished month."""
    add_unit(by=None, name="总部", code="HQ", kind=Unit.Kind.HEADQUARTERS, parent=None)
    until = month_of(timezone.localdate()).start
    months = months_between(add_months(until, -36), until)
    load_history([row_of(month, model) for month in months for model in ("路宝", "赛马")], source=market())


def row_of(month: date, model: str) -> HistoryRow:
    return HistoryRow(month, "哈尔滨", model, 100 + 5 * month.month)


def market():
    return add_history_source("market", kind="market")


def test_the_first_worker_does_the_night_that_nobody_had_yet(two_models, first_worker):
    end = time.monotonic() + LONGEST_NIGHT_SECONDS
    while time.monotonic() < end and first_worker.poll() is None:
        jobs = list(Job.objects.filter(kind="nightly"))
        if jobs and all(job.status not in (Status.QUEUED, Status.RUNNING) for job in jobs):
            break
        time.sleep(0.5)
    schemes = TrendScheme.objects.select_related("published_run")
    assert {job.status for job in Job.objects.filter(kind="nightly")} == {Status.DONE}
    assert Job.objects.filter(kind="nightly").count() == schemes.count() == 3
    assert {scheme.published_run.status for scheme in schemes} == {ForecastRun.Status.COMPLETED}
    assert ForecastValue.objects.filter(series__run__scheme__dimension="area_model").count() == 2 * 12
