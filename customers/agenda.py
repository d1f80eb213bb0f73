"""What the customers area puts into a salesman's calendar: the days on which leads are to be contacted."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Lead
from users.agenda import AgendaItem
from users.models import User

SHOWN_A_DAY = 20


def next_contacts(person: User, reader: User, start: date, end: date) -> Iterator[AgendaItem]:
    """No telephone number stands here: a calendar is subscribed to by other programs. Many of a day are one line."""
    if not reader.has_perm("customers.view_lead"):
        return
    today = timezone.localdate()
    leads = (
        Lead.objects.visible_to(reader).open().filter(owner=person, next_contact_on__gte=start, next_contact_on__lt=end)
    )
    by_day = dict(leads.order_by().values_list("next_contact_on").annotate(count=Count("pk")))
    few = [day for day, count in by_day.items() if count <= SHOWN_A_DAY]
    for day in sorted(set(by_day) - set(few)):
        url = f"{reverse('customers:lead_list')}?is_open=true&owner={person.pk}&due_from={day}&due={day}"
        title = _("Contact %(count)d leads") % {"count": by_day[day]}
        yield AgendaItem("contact", day, title, url, is_late=day < today)
    for lead in leads.filter(next_contact_on__in=few).order_by("next_contact_on", "pk"):
        title = _("Contact %(lead)s") % {"lead": lead.name}
        url = reverse("customers:lead_detail", args=[lead.pk])
        yield AgendaItem("contact", lead.next_contact_on, title, url, is_late=lead.next_contact_on < today)
