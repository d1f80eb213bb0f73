"""What core keeps, for tests."""

from itertools import count

from core.custom_fields import define_custom_field
from core.models import CustomField, ExportLog, RevealLog
from users.models import Unit, User
from users.tests.factories import make_user

serial = count(1)


def make_exportlog(*, unit: Unit | None = None, owner: User | None = None, **fields) -> ExportLog:
    values = {"by": owner or make_user(unit=unit), "list_name": "customers:lead_list", "row_count": 12}
    return ExportLog.objects.create(**values | fields)


def make_reveallog(*, unit: Unit | None = None, owner: User | None = None, **fields) -> RevealLog:
    values = {"by": owner or make_user(unit=unit), "model_label": "customers.lead", "record_id": 1, "column": "phone"}
    return RevealLog.objects.create(**values | fields)


def make_customfield(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CustomField:
    number = next(serial)
    values = {"model_label": "customers.lead", "name": f"field{number}", "label": f"字段{number}", "kind": "text"}
    return define_custom_field(by=owner, **values | fields)
