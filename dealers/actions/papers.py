from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from core.changes import changed
from core.notices import notify
from dealers.models import Dealer, DealerPaper
from users.access import Role
from users.models import User

TOLD = (Role.DEALER_MANAGER, Role.REGIONAL_MANAGER)


def add_paper(*, by: User, dealer: Dealer, **fields) -> DealerPaper:
    return DealerPaper.objects.create(dealer=dealer, **fields)


def change_paper(paper_id: int, *, by: User, **fields) -> DealerPaper:
    return changed(DealerPaper, paper_id, fields)


@transaction.atomic
def remind_of_papers(today: date) -> int:
    """The dealer's manager and the manager of his region hear of a paper that ends, and again when it has ended."""
    papers = list(
        DealerPaper.objects.to_remind_of(today)
        .select_for_update(of=("self",))
        .select_related("dealer__unit")
        .order_by("pk")
    )
    for paper in papers:
        notify(
            _told(paper.dealer),
            gettext_noop("“%(paper)s” of %(dealer)s is valid until %(day)s. Renew it."),
            url=reverse("dealers:dealerpaper_detail", args=[paper.pk]),
            paper=str(paper),
            dealer=paper.dealer.name,
            day=paper.expires_on.isoformat(),
        )
    DealerPaper.objects.filter(pk__in=[paper.pk for paper in papers]).update(reminded_on=today)
    return len(papers)


def _told(dealer: Dealer) -> list[int]:
    """Managers at the dealer's unit or anywhere above it."""
    people = User.objects.on_duty().filter(unit__in=dealer.unit.line, groups__name__in=TOLD)
    return list(people.order_by("pk").distinct().values_list("pk", flat=True))
