import logging

from celery import Celery

logger = logging.getLogger(__name__)


def give_back_stranded_tasks(app: Celery) -> int:
    """Queue again what a killed worker had taken and not finished; else it would wait for the visibility timeout.

    Only right where no other worker uses the queue: its running tasks would be started a second time.
    """
    with app.connection_for_write() as connection:
        channel = connection.default_channel
        tags = channel.client.zrange(channel.unacked_index_key, 0, -1)
        for tag in tags:
            channel.qos.restore_by_tag(tag.decode() if isinstance(tag, bytes) else tag, channel.client)
    if tags:
        logger.warning("%s tasks of a killed worker are queued again", len(tags))
    return len(tags)
