"""The accounts of a dealer: what moved in a period with the balance after each entry, on paper and as a workbook."""

import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import export
from core.downloads import download
from core.errors import RuleBroken
from core.filters import day_input, day_of_the_calendar
from core.models import ExportLog
from core.views import DetailPage, StepPage
from dealers import pages
from dealers.models import AccountEntry, Dealer, RebatePolicy
from dealers.printing import headings, statement_pdf, write_statement
from dealers.queries import balances
from dealers.statements import Statement, account_statement, dealers_with_open_accounts

MOST_ROWS = 100
may_view = permission_required("dealers.view_accountentry", raise_exception=True)
may_export = permission_required("core.export_rows", raise_exception=True)


class PeriodForm(forms.Form):
    """Both days belong to the period; without any it is this year until today."""

    from_day = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=day_input(), validators=[day_of_the_calendar]
    )
    to_day = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=day_input(), validators=[day_of_the_calendar]
    )

    def clean(self):
        cleaned = super().clean()
        today = timezone.localdate()
        cleaned["to_day"] = cleaned.get("to_day") or today
        cleaned["from_day"] = cleaned.get("from_day") or cleaned["to_day"].replace(month=1, day=1)
        if cleaned["from_day"] > cleaned["to_day"]:
            raise forms.ValidationError(_("The last day lies before the first day."))
        return cleaned

    @property
    def days(self) -> tuple[date, date]:
        return self.cleaned_data["from_day"], self.cleaned_data["to_day"]


class DealerPage(DetailPage):
    """With what stands on the accounts."""

    pages = pages.DEALERS

    def get_context_data(self, **context) -> dict:
        user, accounts = self.request.user, []
        if user.has_perm("dealers.view_accountentry") and dealers_with_open_accounts(user).filter(pk=self.object.pk):
            url = reverse("dealers:dealer_accounts", args=[self.object.pk])
            accounts = [
                (AccountEntry.Account(name).label, amount, f"{url}?account={name}")
                for name, amount in balances(self.object.pk).items()
            ]
        return super().get_context_data(accounts=accounts, **context)


class RevisePolicyPage(StepPage):
    """The way leads on to the new version."""

    pages = pages.REBATE_POLICIES

    def next_url(self, policy: RebatePolicy) -> str:
        return self.pages.url("edit", RebatePolicy.objects.draft_of(policy).get().pk)


@require_safe
@never_cache
@may_view
def accounts_page(request: HttpRequest, pk: int) -> HttpResponse:
    dealer = get_object_or_404(dealers_with_open_accounts(request.user), pk=pk)
    account, form = _account(request), PeriodForm(request.GET)
    sums = balances(dealer.pk)
    context = {
        "dealer": dealer,
        "account": account,
        "accounts": [(value, label, sums[value]) for value, label in AccountEntry.Account.choices],
        "form": form,
        "headings": headings(),
    }
    if form.is_valid():
        context |= shown(_statement(dealer, account, form, most_rows=MOST_ROWS))
    return render(request, "dealers/accounts.html", context, status=200 if form.is_valid() else 400)


@require_safe
@never_cache
@may_view
@may_export
def statement_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    dealer = get_object_or_404(dealers_with_open_accounts(request.user), pk=pk)
    account, form = _account(request), PeriodForm(request.GET)
    back = reverse("dealers:dealer_accounts", args=[dealer.pk])
    return statement_response(
        request, form, lambda: _statement(dealer, account, form), kind=kind, name=f"{dealer.code}-{account}", back=back
    )


def shown(statement: Statement) -> dict:
    """What the page shows of a statement: of a long one the latest rows, all of them are in the files."""
    rows = statement.rows[-MOST_ROWS:]
    return {"statement": statement, "rows": rows, "is_cut": len(rows) < statement.row_count}


def statement_response(
    request: HttpRequest,
    form: PeriodForm,
    statement_in: Callable[[], Statement],
    *,
    kind: str,
    name: str,
    back: str,
) -> HttpResponse:
    """The statement as ``kind`` pdf or xlsx; what cannot be made is told on the page one came from."""
    if not form.is_valid():
        return redirect(f"{back}?{request.GET.urlencode()}")
    first, last = form.days
    file_name = f"{_('Statement of account')}-{name}-{first}-{last}.{kind}"
    try:
        content, count = _pdf(statement_in) if kind == "pdf" else _workbook(request, statement_in())
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
        return redirect(f"{back}?{request.GET.urlencode()}")
    ExportLog.objects.create(
        by=request.user, list_name=request.resolver_match.view_name, query=request.get_full_path(), row_count=count
    )
    return download(BytesIO(content), name=file_name, media_type="application/pdf" if kind == "pdf" else export.XLSX)


def _pdf(statement_in: Callable[[], Statement]) -> tuple[bytes, int]:
    made: list[Statement] = []
    content = statement_pdf(lambda: made.append(statement_in()) or made[0])
    return content, len(made[0].rows)


def _workbook(request: HttpRequest, statement: Statement) -> tuple[bytes, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        notes = export.notes_about(request.user, filters=f"{statement.first} – {statement.last}")
        write_statement(path, statement, notes)
        return path.read_bytes(), len(statement.rows)


def _account(request: HttpRequest) -> str:
    asked = request.GET.get("account", "")
    return asked if asked in AccountEntry.Account.values else AccountEntry.Account.CAR


def _statement(dealer: Dealer, account: str, form: PeriodForm, *, most_rows: int | None = None) -> Statement:
    first, last = form.days
    return account_statement(dealer, account, first=first, last=last, most_rows=most_rows)
