import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GRAIN_SECONDS = 60


class IdleSessionMiddleware:
    """Count SESSION_COOKIE_AGE from the last page, not from the sign-in, with at most one write a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("seen_at", 0) >= GRAIN_SECONDS:
                request.session["seen_at"] = now
        return response
