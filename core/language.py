from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class ChineseFirstMiddleware:
    """The user's saved language, else the cookie's, else Chinese; a browser's Accept-Language never decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = code = chosen_language(request)
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


def chosen_language(request: HttpRequest) -> str:
    wishes = [getattr(request.user, "language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)]
    known = {code for code, _ in settings.LANGUAGES}
    return next((code for code in wishes if code in known), settings.LANGUAGE_CODE)
