"""The ageing of what is owed: each figure leads to the rows it sums, in the reader's rights; the same as a workbook."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contracts.ageing import SPLITS, ZERO, Age, AgeingLine, Bucket, ageing_by, buckets
from contracts.models import Receivable
from core import export
from core.downloads import download
from core.models import ExportLog

MOST_LINES = 100
may_view = permission_required("contracts.view_receivable", raise_exception=True)


@require_safe
@never_cache
@may_view
def ageing_page(request: HttpRequest) -> HttpResponse:
    by, lines = _asked(request)
    today = timezone.localdate()
    context = {
        "by": by,
        "splits": [(name, split.label) for name, split in SPLITS.items()],
        "label": SPLITS[by].label,
        "buckets": buckets(today),
        "lines": [_shown(line, by) for line in lines[:MOST_LINES]],
        "left_out": lines[MOST_LINES:],
        "rest": _total(lines[MOST_LINES:]),
        "total": _shown(_total(lines), by, is_total=True),
        "today": today,
    }
    return render(request, "contracts/ageing.html", context)


@require_safe
@never_cache
@may_view
@permission_required("core.export_rows", raise_exception=True)
def ageing_file(request: HttpRequest) -> HttpResponse:
    by, lines = _asked(request)
    title, today = _("Ageing of receivables"), timezone.localdate()
    labels = [_("%(days)s days") % {"days": bucket.label} for bucket in buckets(today)]
    headings = [str(SPLITS[by].label), *labels, _("Outstanding (yuan)"), _("Overdue (yuan)")]
    rows = [
        [line.name, *(age.amount for age in line.ages), line.amount, line.overdue] for line in (*lines, _total(lines))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ageing.xlsx"
        notes = export.notes_about(request.user, filters=f"{SPLITS[by].label} {today}")
        export.write_workbook(path, title=title, headings=headings, rows=rows, notes=notes)
        ExportLog.objects.create(
            by=request.user, list_name="contracts:ageing", query=request.get_full_path(), row_count=len(lines)
        )
        return download(path.open("rb"), name=f"{title}-{today}.xlsx", media_type=export.XLSX)


def _asked(request: HttpRequest) -> tuple[str, list[AgeingLine]]:
    by = request.GET.get("by", "")
    by = by if by in SPLITS else "dealer"
    return by, ageing_by(Receivable.objects.visible_to(request.user), SPLITS[by], timezone.localdate())


def _total(lines: list[AgeingLine]) -> AgeingLine:
    days = buckets(timezone.localdate())
    ages = [
        Age(
            bucket,
            sum(line.ages[place].count for line in lines),
            sum((line.ages[place].amount for line in lines), ZERO),
        )
        for place, bucket in enumerate(days)
    ]
    return AgeingLine(None, _("Total"), ages, sum((line.overdue for line in lines), ZERO))


def _shown(line: AgeingLine, by: str, *, is_total: bool = False) -> dict:
    """A line with the addresses of the rows behind each of its figures."""
    whose = {} if is_total else {SPLITS[by].filter_name: line.key} if line.key else {"without": by}
    return {
        "line": line,
        "ages": [(age, _url(whose, age.bucket)) for age in line.ages],
        "url": _url(whose),
        "overdue_url": f"{reverse('contracts:instalment_list')}?{urlencode(whose | {'is_overdue': 'true'})}",
    }


def _url(whose: dict, bucket: Bucket | None = None) -> str:
    days = {"opened_from": bucket.first, "opened_until": bucket.last} if bucket else {}
    chosen = whose | {"is_open": "true"} | {name: day for name, day in days.items() if day}
    return f"{reverse('contracts:receivable_list')}?{urlencode(chosen)}"
