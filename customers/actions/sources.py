from django.db import transaction

from customers.models import Source
from users.models import User


def add_source(*, by: User, **fields) -> Source:
    return Source.objects.create(**fields)


@transaction.atomic
def change_source(source_id: int, *, by: User, **fields) -> Source:
    source = Source.objects.select_for_update(of=("self",)).get(pk=source_id)
    for name, value in fields.items():
        setattr(source, name, value)
    source.save(update_fields=list(fields))
    return source
