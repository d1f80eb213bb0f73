"""The record page and its forms."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, UpdateView

from core.attachments import attach_url
from core.conflicts import Conflict, lines_text, read_seen, seen_values, settle
from core.errors import RuleBroken, refusal_of
from core.formats import is_masked
from core.models import Attachment, Binned
from core.pages import Panel
from core.search import hidden_from_all
from core.tables import Row
from core.views.page import Page
from core.workflow import mark_of

PANEL_ROWS = 20
_added_tabs: dict[type[Model], tuple[Panel, ...]] = {}


def add_tabs(*apps: Mapping[type[Model], tuple[Panel, ...]]) -> None:
    """Tabs of upper apps on the records of lower ones, as ``hafei_crm.wiring`` lists them."""
    tabs: dict[type[Model], tuple[Panel, ...]] = {}
    for app in apps:
        tabs |= {model: (*tabs.get(model, ()), *panels) for model, panels in app.items()}
    _added_tabs.update(tabs)


class DetailPage(Page, DetailView):
    template_page = "detail"

    def get_context_data(self, **context) -> dict:
        record, user, pages = self.object, self.request.user, self.pages
        table = pages.fact_table
        columns = table.columns_for(user, [column.name for column in table.columns])
        (row,) = table.rows(pages.visible_rows(user).filter(pk=record.pk), columns, user=user)
        changeable = pages.has("edit") and user.has_perm(pages.permission("change"))
        steps = pages.open_steps(record, user)
        can_change = changeable and pages.changeable_rows(user).filter(pk=record.pk).exists()
        return super().get_context_data(
            facts=row.cells,
            revealable=self.revealable(row),
            key_figures=[cell for cell in row.cells if cell.column.name in pages.key_figures],
            status_steps=self.status_steps(),
            steps=steps,
            seen=mark_of(steps, record),
            panels=self.panels(),
            links=list(pages.links(record, user)) if pages.links else [],
            attachments=Attachment.objects.of(record).select_related("uploaded_by"),
            attach_url=attach_url(record) if can_change else "",
            can_change=can_change and self.is_changeable(),
            can_bin=self.can_bin(),
            **context,
        )

    def revealable(self, row: Row) -> set[str]:
        """The columns whose masked number has a button beside it."""
        reading = self.pages.fact_table.reading(self.request.user)
        if hidden_from_all(self.pages.model) or not self.request.user.has_perm("core.reveal_numbers"):
            return set()
        return {cell.column.name for cell in row.cells if cell.value and is_masked(cell.column.kind, reading)}

    def can_bin(self) -> bool:
        record, model = self.object, self.pages.model
        if not issubclass(model, Binned) or record.is_kept:
            return False
        return model.objects.within(self.request.user, "bin").filter(pk=record.pk).exists()

    def is_changeable(self) -> bool:
        """Many records are changed in some statuses only, which their model names."""
        statuses = getattr(type(self.object), "CHANGEABLE", None)
        return statuses is None or getattr(self.object, self.pages.steps[0].field) in statuses

    def status_steps(self) -> list[tuple[str, str, bool]]:
        """The words of the status field in their natural order, with the present one marked."""
        if not self.pages.steps:
            return []
        name = self.pages.steps[0].field
        now = getattr(self.object, name)
        main_line = getattr(type(self.object), "MAIN_LINE", None)
        choices = self.object._meta.get_field(name).flatchoices
        return [
            (value, label, value == now)
            for value, label in choices
            if main_line is None or value in main_line or value == now
        ]

    def panels(self) -> list[dict]:
        user, shown = self.request.user, []
        for panel in (*self.pages.panels, *_added_tabs.get(self.pages.model, ())):
            app, model = panel.table.model._meta.app_label, panel.table.model._meta.model_name
            if not user.has_perm(f"{app}.view_{model}"):
                continue
            may_add = panel.add_url and user.has_perm(f"{app}.add_{model}")
            columns = panel.table.columns_for(user)
            queryset = panel.table.sorted(panel.rows(self.object, user))
            pattern = _pattern(panel.url_name)
            rows = list(panel.table.rows(queryset[: PANEL_ROWS + 1], columns, user=user, url_pattern=pattern))
            shown.append(
                {
                    "panel": panel,
                    "rows": rows[:PANEL_ROWS],
                    "has_more": len(rows) > PANEL_ROWS,
                    "headings": [(column, panel.table.heading(column)) for column in columns],
                    "add_url": panel.add_url(self.object, user) if may_add else "",
                }
            )
        return shown


class SavePage(Page):
    """Shared by add and edit: a valid form, and its lines, are handed to the entity's action."""

    template_page = "form"

    def get_form_class(self):
        return self.pages.form

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user}

    @cached_property
    def lines(self):
        if self.pages.lines is None:
            return None
        options = {"prefix": "lines", "form_kwargs": {"user": self.request.user}}
        if self.request.method == "POST":
            return self.pages.lines(self.request.POST, **options)
        return self.pages.lines(initial=self.lines_initial(), **options)

    def lines_initial(self) -> list[dict]:
        return self.pages.lines_initial(self.object) if self.pages.lines_initial and self.object else []

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(lines=self.lines, **context)

    def form_valid(self, form):
        if self.lines is not None and not self.lines.is_valid():
            return self.form_invalid(form)
        return self.save(form)

    def save(self, form):
        lines = {"lines": self.lines.lines} if self.lines is not None else {}
        try:
            with transaction.atomic():
                record = self.act(form.cleaned_data | lines)
        except (RuleBroken, DatabaseError) as error:
            show_refusal(refusal_of(error), form)
            return self.form_invalid(form)
        messages.success(self.request, self.saved_message(record))
        return redirect(self.pages.url("detail", record.pk) if self.pages.has("detail") else self.list_as_left())


class AddPage(SavePage, CreateView):
    verb = "add"
    object = None

    def get_initial(self) -> dict:
        fields = self.pages.form.base_fields
        return {name: value for name, value in self.request.GET.items() if name in fields}

    def act(self, fields: dict):
        return self.pages.create(by=self.request.user, **fields)

    def saved_message(self, record) -> str:
        return _("%(kind)s “%(record)s” was added.") % {"kind": self.pages.meta.verbose_name, "record": record}


class EditPage(SavePage, UpdateView):
    verb = "change"
    conflicts: tuple[Conflict, ...] = ()
    seen = ""

    def get_queryset(self):
        return self.pages.changeable_rows(self.request.user)

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(conflicts=self.conflicts, **context)
        seen = self.seen or self.request.POST.get("seen")
        return context | {"seen": seen or seen_values(context["form"], self.lines_initial())}

    def save(self, form):
        """Under the record's lock: what somebody else saved meanwhile is neither overwritten unseen nor lost."""
        with transaction.atomic():
            return self.form_invalid(form) if self.is_in_dispute(form) else super().save(form)

    def is_in_dispute(self, form) -> bool:
        seen = read_seen(self.request.POST.get("seen", ""))
        if not seen:
            return False
        record = self.pages.model._base_manager.select_for_update(of=("self",)).get(pk=self.object.pk)
        stored = self.get_form_class()(instance=record, user=self.request.user)
        lines = self.pages.lines_initial(record) if self.pages.lines_initial else []
        found = settle(form, stored, seen, take=self.request.POST.getlist("take"))
        if self.lines is not None and lines_text(lines) != seen.get("lines", []):
            texts = (seen.get("lines", []), lines_text(lines), lines_text(self.lines.lines))
            found.append(Conflict("", _("Lines"), *("；".join(text) for text in texts)))
        if found:
            self.conflicts, self.seen = tuple(found), seen_values(stored, lines)
        return bool(found)

    def act(self, fields: dict):
        return self.pages.update(self.object.pk, by=self.request.user, **fields)

    def saved_message(self, record) -> str:
        return _("%(kind)s “%(record)s” was changed.") % {"kind": self.pages.meta.verbose_name, "record": record}


def _pattern(url_name: str) -> str:
    return reverse(url_name, args=[0]) if url_name else ""


def show_refusal(refusal: RuleBroken, form) -> None:
    """Put the refusal beside its field where the form has it, else above the form."""
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refusal.messages)
