"""The JSON side of an entity's pages: the same columns, filters, form and action, in the same rights.

router = router_of(pages.LEADS)        GET / · GET /{pk} · POST /
"""

from typing import Any

from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja import Body, Router, Status
from ninja.errors import HttpError, ValidationError

from core.errors import RuleBroken, refusal_of
from core.formats import masked_id_number, masked_phone
from core.models import ExportLog
from core.pages import Pages

LARGEST_PAGE = 500
PAGING = ("after", "limit")


def router_of(pages: Pages) -> Router:
    """``after`` is the key of the last row read; filters are those of the list, named in the OpenAPI description."""
    router = Router(tags=[str(pages.name)])
    filters = ", ".join(pages.filters.base_filters)

    @router.get("/", summary=f"List of {pages.name}", description=f"Filters: {filters}", url_name=f"{pages.name}_list")
    def rows(request: HttpRequest, after: int = 0, limit: int = 100) -> dict:
        user = allowed(request, pages, "view", also="core.export_rows")
        filterset = pages.filters(_filters(request), pages.visible_rows(user), user=user)
        if filterset.is_bound and not filterset.is_valid():
            raise ValidationError(_errors(filterset.form.errors))
        limit = max(1, min(limit, LARGEST_PAGE))
        found = values(pages, filterset.qs.filter(pk__gt=after).order_by("pk")[: limit + 1], user)
        _log(request, pages, len(found[:limit]))
        return {"results": found[:limit], "next": found[limit - 1]["id"] if len(found) > limit else None}

    @router.get("/{int:pk}", summary=f"One {pages.name}", url_name=f"{pages.name}_record")
    def record(request: HttpRequest, pk: int) -> dict:
        user = allowed(request, pages, "view")
        found = values(pages, pages.visible_rows(user).filter(pk=pk), user)
        if not found:
            raise Http404
        return found[0]

    if pages.has("add"):

        @router.post("/", response={201: dict}, summary=f"Enter a {pages.name}", url_name=f"{pages.name}_add")
        def add(request: HttpRequest, fields: Body[dict[str, Any]]) -> Status:
            """The fields of the form on the page, related records by their keys."""
            user = allowed(request, pages, "add")
            made = entered(pages, fields, user)
            return Status(201, {"id": made.pk})

    return router


def allowed(request: HttpRequest, pages: Pages, verb: str, *, also: str = ""):
    user = request.auth
    if not user.has_perm(pages.permission(verb)) or (also and not user.has_perm(also)):
        raise HttpError(403, _("Your role does not allow this."))
    return user


def values(pages: Pages, rows, user) -> list[dict]:
    """Raw values by column name, as they are stored; phones and ID numbers masked as on the pages."""
    table = pages.full_table
    columns = table.columns_for(user, [column.name for column in table.columns])
    sees_phones = user.has_perm("core.see_phones")
    return [
        {"id": pk}
        | {column.name: _value(column.kind, value, sees_phones) for column, value in zip(columns, row, strict=True)}
        for pk, *row in table.values(rows, columns)
    ]


def entered(pages: Pages, fields: dict, user):
    form = pages.form({name: _sent(value) for name, value in fields.items()}, user=user)
    unknown = sorted(set(fields) - set(form.fields))
    if unknown:
        form.add_error(None, _("Unknown fields: %(names)s") % {"names": ", ".join(unknown)})
    if not form.is_valid():
        raise ValidationError(_errors(form.errors))
    try:
        with transaction.atomic():
            return pages.create(by=user, **form.cleaned_data)
    except (RuleBroken, DatabaseError) as error:
        raise ValidationError([{"message": text} for text in refusal_of(error).messages]) from error


def _log(request: HttpRequest, pages: Pages, count: int) -> None:
    """Rows that leave by this door stand in the log of exports like those of a workbook."""
    ExportLog.objects.create(
        by=request.auth, list_name=pages.url_name("list"), query=request.META.get("QUERY_STRING", ""), row_count=count
    )


def _filters(request: HttpRequest) -> QueryDict | None:
    asked = request.GET.copy()
    for name in PAGING:
        asked.pop(name, None)
    return asked or None


def _value(kind: str, value: Any, sees_phones: bool) -> Any:
    if kind == "phone" and value and not sees_phones:
        return masked_phone(value)
    return masked_id_number("") if kind == "id_number" and value else value


def _sent(value: Any) -> Any:
    """As a browser sends it: texts, or several of them."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def _errors(errors) -> list[dict]:
    return [{"field": name, "message": text} for name, texts in errors.items() for text in texts]
