"""A task whose worker was killed is given back to the queue by the next worker."""

import os
import signal
import subprocess
import sys
import time

import pytest
from celery import shared_task
from django.conf import settings

from hafei_crm.celery import app
from hafei_crm.stranded import give_back_stranded_tasks

pytestmark = pytest.mark.slow
QUEUE = "stranded"


@shared_task
def wait_long() -> None:
    time.sleep(600)


def unacked_count():
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        return channel.client.zcard(channel.unacked_index_key)


def test_task_of_a_killed_worker_is_queued_again():
    environment = os.environ | {"VALKEY_DATABASE": str(settings.VALKEY_DATABASE)}
    command = [sys.executable, "-m", "celery", "--app=hafei_crm", "worker", "--concurrency=1", f"--queues={QUEUE}"]
    worker = subprocess.Popen(
        [*command, "--include=hafei_crm.tests.test_stranded", "--without-mingle"],
        env=environment,
        cwd=settings.BASE_DIR,
    )
    try:
        wait_long.apply_async(queue=QUEUE)
        end = time.monotonic() + 40
        while not unacked_count():
            assert worker.poll() is None and time.monotonic() < end
            time.sleep(0.1)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert give_back_stranded_tasks(app) == 1
    assert unacked_count() == 0
    with app.connection_for_read() as connection:
        message = connection.default_channel.basic_get(QUEUE, no_ack=True)
    assert message.headers["task"].endswith("wait_long")
