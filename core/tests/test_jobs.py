import threading
import time
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from celery import shared_task
from celery.exceptions import Ignore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import RuleBroken
from core.jobs import (
    DEAD_AFTER,
    MAX_ATTEMPTS,
    JobCancelled,
    JobRun,
    cancel_job,
    claim_job,
    purge_results,
    start_job,
    sweep_jobs,
)
from core.models import Job, Notice

Status = Job.Status


@shared_task
def write_nothing(job_id: int) -> None:
    with JobRun(job_id):
        pass


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def job(sales1):
    return Job.objects.create(kind="export", task=write_nothing.name, owner=sales1)


def now_is_later(job: Job, **values) -> None:
    Job.objects.filter(pk=job.pk).update(**values)


@pytest.mark.django_db
def test_the_task_is_sent_when_the_transaction_commits(sales1, django_capture_on_commit_callbacks):
    with patch.object(write_nothing, "delay") as delay:
        with django_capture_on_commit_callbacks(execute=True):
            job = start_job(write_nothing, kind="export", by=sales1, parameters={"path": "/leads/"})
            assert not delay.called
        delay.assert_called_once_with(job.pk)
    assert (job.status, job.parameters, job.owner) == (Status.QUEUED, {"path": "/leads/"}, sales1)


@pytest.mark.django_db
def test_work_with_a_key_is_started_once(django_capture_on_commit_callbacks):
    with patch.object(write_nothing, "delay") as delay, django_capture_on_commit_callbacks(execute=True):
        first = start_job(write_nothing, kind="nightly", by=None, key="2026-11-22")
        second = start_job(write_nothing, kind="nightly", by=None, key="2026-11-22")
    assert first.pk == second.pk
    delay.assert_called_once_with(first.pk)


@pytest.mark.django_db
def test_work_with_a_key_may_be_started_again_after_it_failed(django_capture_on_commit_callbacks):
    with patch.object(write_nothing, "delay") as delay, django_capture_on_commit_callbacks(execute=True):
        first = start_job(write_nothing, kind="nightly", by=None, key="2026-11-22")
        Job.objects.update(status=Status.FAILED, attempts=MAX_ATTEMPTS)
        start_job(write_nothing, kind="nightly", by=None, key="2026-11-22")
    first.refresh_from_db()
    assert (delay.call_count, first.status, first.attempts) == (2, Status.QUEUED, 0)


@pytest.mark.django_db
def test_a_broker_that_is_down_does_not_lose_the_work(sales1, django_capture_on_commit_callbacks):
    is_down = patch.object(write_nothing, "delay", side_effect=ConnectionError)
    with is_down, django_capture_on_commit_callbacks(execute=True):
        start_job(write_nothing, kind="export", by=sales1)
    with patch("core.jobs.current_app.send_task") as send:
        assert sweep_jobs(timezone.now() + timedelta(minutes=11)) == 1
    assert send.call_args.args == (write_nothing.name,)


@pytest.mark.django_db
def test_a_job_is_claimed_once(job):
    assert claim_job(job.pk).status == Status.RUNNING
    assert claim_job(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_twenty_workers_one_claims_the_job(job):
    start, claims = threading.Barrier(20), []

    def claim() -> None:
        start.wait(timeout=20)
        claims.append(claim_job(job.pk))
        connection.close()

    threads = [threading.Thread(target=claim) for _index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len([claimed for claimed in claims if claimed]) == 1
    job.refresh_from_db()
    assert job.attempts == 1


@pytest.mark.django_db
def test_a_second_delivery_does_nothing(job):
    write_nothing.apply(args=[job.pk])
    finished = Job.objects.get(pk=job.pk).finished_at
    assert write_nothing.apply(args=[job.pk]).state == "IGNORED"
    job.refresh_from_db()
    assert (job.status, job.attempts, job.finished_at) == (Status.DONE, 1, finished)


@pytest.mark.django_db
def test_the_job_of_a_dead_worker_is_claimed_anew(job):
    claim_job(job.pk)
    now_is_later(job, heartbeat_at=timezone.now() - DEAD_AFTER - timedelta(seconds=1))
    assert claim_job(job.pk).attempts == 2


@pytest.mark.django_db
def test_the_result_is_kept_and_the_owner_told(client, job, sales1, sales2):
    with JobRun(job.pk) as run:
        run.progress(3, 3)
        with run.result_file("线索.csv") as path:
            path.write_text("姓名\n", encoding="utf-8")
    job.refresh_from_db()
    assert (job.status, job.percent, job.result_name) == (Status.DONE, 100, "线索.csv")
    assert Notice.objects.get().url == job.get_absolute_url()
    assert "线索" not in Path(job.result.path).name
    client.force_login(sales1)
    response = client.get(reverse("core:job_result", args=[job.pk]))
    assert b"".join(response.streaming_content).decode() == "姓名\n"
    assert response["Content-Disposition"].startswith("attachment")
    client.force_login(sales2)
    for page in ("job_detail", "job_result"):
        assert client.get(reverse(f"core:{page}", args=[job.pk])).status_code == 404


@pytest.mark.django_db
def test_a_refusal_is_told_as_it_is(job):
    with JobRun(job.pk):
        raise RuleBroken("The plan of November is not published.")
    job.refresh_from_db()
    assert (job.status, job.message) == (Status.FAILED, "The plan of November is not published.")


@pytest.mark.django_db
def test_an_unexpected_error_fails_the_job_without_its_text_and_reaches_the_log(job):
    with pytest.raises(ZeroDivisionError), JobRun(job.pk) as run:
        with run.result_file("half.csv") as path:
            path.write_text("half")
        raise ZeroDivisionError("secret")
    job.refresh_from_db()
    assert (job.status, str(job.result)) == (Status.FAILED, "")
    assert str(job.pk) in job.message
    assert "secret" not in job.message


@pytest.mark.django_db
def test_a_worker_that_is_stopped_gives_the_job_back(job):
    with pytest.raises(SystemExit), JobRun(job.pk):
        raise SystemExit
    job.refresh_from_db()
    assert (job.status, job.finished_at) == (Status.QUEUED, None)


@pytest.mark.django_db
def test_the_work_is_done_in_the_language_of_its_owner(job, sales1):
    sales1.language = "en"
    with patch("core.jobs.claim_job", return_value=job):
        job.owner = sales1
        with JobRun(job.pk):
            assert translation.get_language() == "en"


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_and_cancelling_stops_the_work(client, job, sales1):
    client.force_login(sales1)
    page = reverse("core:job_detail", args=[job.pk])
    seen = []
    with JobRun(job.pk) as run, pytest.raises(JobCancelled):
        for done in range(1000):
            run.progress(done, 1000)
            job.refresh_from_db()
            if job.progress_done and not seen:
                seen.append(client.get(page, headers={"HX-Request": "true"}).content.decode())
                client.post(reverse("core:job_cancel", args=[job.pk]))
            time.sleep(0.05)
    assert 'hx-trigger="every 2s"' in seen[0]
    job.refresh_from_db()
    assert job.progress_total == 1000


@pytest.mark.django_db
def test_a_job_cancelled_while_waiting_never_starts(job, sales1):
    cancel_job(job.pk, by=sales1)
    with pytest.raises(Ignore), JobRun(job.pk):
        pass
    job.refresh_from_db()
    assert job.status == Status.CANCELLED


@pytest.mark.django_db
def test_a_job_of_somebody_else_cannot_be_cancelled(client, job, sales2):
    client.force_login(sales2)
    assert client.post(reverse("core:job_cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.status == Status.QUEUED


@pytest.mark.django_db
def test_a_job_that_has_ended_cannot_be_cancelled(client, job, sales1):
    write_nothing.apply(args=[job.pk])
    with pytest.raises(RuleBroken):
        cancel_job(job.pk, by=sales1)
    client.force_login(sales1)
    assert client.post(reverse("core:job_cancel", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.status == Status.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(("attempts", "status", "sent"), [(1, Status.QUEUED, 1), (MAX_ATTEMPTS, Status.FAILED, 0)])
def test_the_sweep_sends_dead_jobs_again_and_gives_up_in_the_end(job, attempts, status, sent):
    now = timezone.now()
    now_is_later(job, status=Status.RUNNING, attempts=attempts, heartbeat_at=now - DEAD_AFTER - timedelta(seconds=1))
    with patch("core.jobs.current_app.send_task") as send:
        assert sweep_jobs(now) == 1
    job.refresh_from_db()
    assert (job.status, send.call_count) == (status, sent)


@pytest.mark.django_db
def test_the_sweep_leaves_living_jobs_alone(job):
    claim_job(job.pk)
    with patch("core.jobs.current_app.send_task") as send:
        assert sweep_jobs(timezone.now()) == 0
    assert not send.called


@pytest.mark.django_db
def test_results_are_deleted_after_seven_days(job):
    with JobRun(job.pk) as run, run.result_file("a.txt") as path:
        path.write_text("a")
    job.refresh_from_db()
    stored = Path(job.result.path)
    assert purge_results(timezone.now() + timedelta(days=6)) == 0
    assert stored.exists()
    assert purge_results(timezone.now() + timedelta(days=8)) == 1
    assert not stored.exists()


@pytest.mark.django_db
def test_jobs_nobody_asked_for_are_seen_by_the_administrator_only(client, sysadmin, sales1):
    job = Job.objects.create(kind="nightly", task="x", owner=None)
    for user, status in ((sysadmin, 200), (sales1, 404)):
        client.force_login(user)
        assert client.get(reverse("core:job_detail", args=[job.pk])).status_code == status


@pytest.mark.django_db
def test_the_list_of_jobs_costs_the_same_for_5_and_50(client, sales1):
    client.force_login(sales1)
    client.get(reverse("core:job_list"))
    counts = []
    for more in (5, 45):
        Job.objects.bulk_create(Job(kind="export", task="x", owner=sales1) for _index in range(more))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("core:job_list")).content.decode()
        counts.append(len(queries))
        assert page.count("<tr data-href=") == sum((5, 45)[: len(counts)])
    assert counts[0] == counts[1]
