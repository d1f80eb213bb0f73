from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.search import search_text
from core.workflow import log_status
from dealers import rules
from dealers.models import Dealer
from users.actions import add_unit
from users.models import Unit, User


@transaction.atomic
def add_dealer(
    *,
    by: User,
    code: str,
    name: str,
    region: Unit | None = None,
    parent: Dealer | None = None,
    credit_code: str = "",
    **fields,
) -> Dealer:
    """A dealer gets a unit of his own: below the region, or, on the second tier, below the first-tier dealer."""
    code = code.strip().upper()
    unit = place_unit(code=code, name=name, kind=Unit.Kind.DEALER, above=_unit_above(region, parent), by=by)
    dealer = Dealer(
        code=code,
        name=unit.name,
        unit=unit,
        parent=parent,
        credit_code=rules.plain_credit_code(credit_code),
        **fields,
    )
    dealer.search_text = _search_text(dealer)
    dealer.save()
    log_status(dealer, by=by, step="add", before="", after=dealer.state)
    return dealer


@transaction.atomic
def change_dealer(dealer_id: int, *, by: User, **fields) -> Dealer:
    """The unit bears the dealer's name, so it is renamed with him."""
    dealer = Dealer.objects.select_for_update(of=("self",)).get(pk=dealer_id)
    if "credit_code" in fields:
        fields["credit_code"] = rules.plain_credit_code(fields["credit_code"])
    for name, value in fields.items():
        setattr(dealer, name, value)
    dealer.search_text = _search_text(dealer)
    dealer.save(update_fields=[*fields, "search_text"])
    Unit.objects.filter(pk=dealer.unit_id).exclude(name=dealer.name).update(name=dealer.name)
    return dealer


def place_unit(*, code: str, name: str, kind: str, above: Unit, by: User) -> Unit:
    """A unit for a new dealer or station; its code is theirs, so it is asked for once."""
    if Unit.objects.filter(code=code).exists():
        raise RuleBroken({"code": _("The code %(code)s is taken. Choose another one.") % {"code": code}})
    return add_unit(by=by, name=name.strip(), code=code, kind=kind, parent=above)


def _unit_above(region: Unit | None, parent: Dealer | None) -> Unit:
    if parent is not None:
        if parent.parent_id is not None:
            raise RuleBroken(
                {
                    "parent": _("“%(dealer)s” is itself on the second tier. Choose its first-tier dealer instead.")
                    % {"dealer": parent}
                }
            )
        return parent.unit
    if region is None or region.kind != Unit.Kind.REGION:
        raise RuleBroken({"region": _("Choose the region, or the first-tier dealer of a second-tier outlet.")})
    return region


def _search_text(dealer: Dealer) -> str:
    return search_text(dealer.name, dealer.code, dealer.city, dealer.credit_code, phones=[dealer.phone])
