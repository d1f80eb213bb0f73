from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.workflow import log_status
from dealers.models import Authorisation, Dealer
from users.models import User


@transaction.atomic
def add_authorisation(
    *, by: User, dealer: Dealer, starts_on: date, ends_on: date, annual_target_count: int = 0
) -> Authorisation:
    _refuse_end_before_start(starts_on, ends_on)
    authorisation = Authorisation.objects.create(
        number=next_number("authorisation", prefix="SQ", on=timezone.localdate()),
        dealer=dealer,
        owner=by,
        starts_on=starts_on,
        ends_on=ends_on,
        annual_target_count=annual_target_count,
    )
    log_status(authorisation, by=by, step="add", before="", after=authorisation.status)
    return authorisation


@transaction.atomic
def change_authorisation(
    authorisation_id: int, *, by: User, starts_on: date, ends_on: date, annual_target_count: int
) -> Authorisation:
    authorisation = Authorisation.objects.select_for_update(of=("self",)).get(pk=authorisation_id)
    if authorisation.status not in Authorisation.CHANGEABLE:
        raise RuleBroken(
            _("%(number)s is %(status)s and can no longer be changed. Draw up a new contract.")
            % {"number": authorisation.number, "status": authorisation.get_status_display()}
        )
    _refuse_end_before_start(starts_on, ends_on)
    authorisation.starts_on, authorisation.ends_on = starts_on, ends_on
    authorisation.annual_target_count = annual_target_count
    authorisation.save(update_fields=["starts_on", "ends_on", "annual_target_count"])
    return authorisation


def _refuse_end_before_start(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise RuleBroken({"ends_on": _("The contract ends before it begins. Choose a later day.")})
