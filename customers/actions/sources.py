from core.changes import changed
from customers.models import Source
from users.models import User


def add_source(*, by: User, **fields) -> Source:
    return Source.objects.create(**fields)


def change_source(source_id: int, *, by: User, **fields) -> Source:
    return changed(Source, source_id, fields)
