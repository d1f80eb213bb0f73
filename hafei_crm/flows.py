"""The editor of approval flows: before a flow is put in force, it shows who would approve a given record."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.formats import money
from core.pages import Pages
from core.views.records import EditPage
from hafei_crm.wiring import APPROVED_PAGES
from users.approval_forms import PreviewForm
from users.approvals import Approval
from users.approvers import people_of_step
from users.models import ApprovalCase, FlowStep

MOST_NAMES = 12


@dataclass(frozen=True)
class Asked:
    """One step and whom it would ask."""

    name: str
    is_asked: bool
    people: str
    is_for_all: bool


@dataclass(frozen=True)
class Preview:
    about: str
    rows: list[Asked]


class FlowEditPage(EditPage):
    preview: Preview | None = None

    @property
    def subject_pages(self) -> Pages:
        return next(pages for pages in APPROVED_PAGES if pages.meta.label_lower == self.object.subject)

    @cached_property
    def preview_form(self) -> PreviewForm:
        sees_records = self.request.user.has_perm(self.subject_pages.permission("view"))
        return PreviewForm(self.request.POST or None, prefix="preview", sees_records=sees_records)

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(preview=self.preview_form, previewed=self.preview, **context)

    def form_valid(self, form):
        if "preview" not in self.request.POST:
            return super().form_valid(form)
        if self.lines.is_valid() and self.preview_form.is_valid():
            self.preview = self.previewed()
        return self.render_to_response(self.get_context_data(form=form))

    def previewed(self) -> Preview | None:
        case, named = self.case()
        if case is None:
            return None
        steps = [FlowStep(position=position, **line) for position, line in enumerate(self.lines.lines, start=1)]
        rows = [self.asked(step, case, named) for step in steps]
        if not any(row.is_asked for row in rows):
            rows.append(self.asked(None, case, named))
        words = {"record": case.title, "person": case.asked_by, "amount": money(case.amount), "discount": case.discount}
        return Preview(
            _("%(record)s, handed in by %(person)s: %(amount)s yuan, discount %(discount)s %%") % words, rows
        )

    def asked(self, step: FlowStep | None, case: ApprovalCase, named) -> Asked:
        is_asked = step is None or step.covers(amount=case.amount, discount=case.discount)
        people = people_of_step(step, case, named) if is_asked else []
        names = _(", ").join(str(person) for person in people[:MOST_NAMES])
        is_for_all = step is not None and step.mode == FlowStep.Mode.ALL
        return Asked(step.name if step else _("Whoever has the right to approve"), is_asked, names, is_for_all)

    def case(self) -> tuple[ApprovalCase | None, list | None]:
        """A record that the reader may see, or what one might be, as it would be handed in."""
        asked, gate = self.preview_form.cleaned_data, self.subject_pages.steps[0].gate
        if asked.get("number"):
            return self.case_of_record(asked["number"].strip(), gate)
        person = asked["person"]
        if person is None:
            if "number" in asked:
                self.preview_form.add_error("number", _("Enter the number of a record, or choose who hands it in."))
            else:
                self.preview_form.add_error("person", _("Choose who hands it in."))
            return None, None
        numbers = {name: asked[name] or Decimal(0) for name in ("amount", "discount")}
        case = ApprovalCase(subject=self.object.subject, owner=person, unit=person.unit, asked_by=person, **numbers)
        case.title = str(self.subject_pages.meta.verbose_name)
        return case, None

    def case_of_record(self, number: str, gate: Approval) -> tuple[ApprovalCase | None, list | None]:
        user, pages = self.request.user, self.subject_pages
        record = pages.visible_rows(user).filter(**{gate.number: number}).order_by("-pk").first()
        if record is None:
            words = {"number": number, "kind": pages.meta.verbose_name}
            self.preview_form.add_error("number", _("You see no %(kind)s with the number %(number)s.") % words)
            return None, None
        return gate.draft(record, by=getattr(record, "owner", None) or user), gate.narrowed(record)
