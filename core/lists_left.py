"""How somebody left his lists, for as long as his session lasts: the menu leads back to them as they were."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from core.lists import default_views

LEFT, DEFAULTS = "lists_left", "default_views"
LONGEST = 1000


def query_left(request: HttpRequest, list_name: str) -> str:
    """The filters, sorting and view with which the list was left; where it was not opened yet, one's default view."""
    left = request.session.get(LEFT, {})
    return left[list_name] if list_name in left else _defaults(request).get(list_name, "")


def remember_left(request: HttpRequest, list_name: str) -> None:
    """Written when it differs only; the page is left out, so that leafing through a list writes nothing."""
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name != "page" and any(values):
            kept.setlist(name, [value for value in values if value])
    query = kept.urlencode()
    if len(query) <= LONGEST and query != query_left(request, list_name):
        request.session[LEFT] = request.session.get(LEFT, {}) | {list_name: query}


def default_opened(request: HttpRequest, list_name: str) -> str:
    """The query of one's default view, where the bare address of a list is typed before it was opened otherwise.

    A link of our own without a query means the whole list: figures count on that, and filters are cleared by it.
    """
    if request.GET or request.htmx or list_name in request.session.get(LEFT, {}) or _comes_from_inside(request):
        return ""
    return _defaults(request).get(list_name, "")


def forget_defaults(request: HttpRequest) -> None:
    """They were changed, so that they are read again."""
    request.session.pop(DEFAULTS, None)


def _defaults(request: HttpRequest) -> dict[str, str]:
    if DEFAULTS not in request.session:
        request.session[DEFAULTS] = default_views(request.user)
    return request.session[DEFAULTS]


def _comes_from_inside(request: HttpRequest) -> bool:
    came_from = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return is_ours and urlsplit(came_from).path != settings.LOGIN_URL
