"""The API for other programs, below /api/v1/: a person's token in the header, the person's rights, JSON in and out."""

from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from customers.api import ROUTERS
from users.actions import user_of_token

RATE = "300/m"


class TokenAuth(HttpBearer):
    def authenticate(self, request, token: str):
        return user_of_token(token)


class PersonThrottle(AuthRateThrottle):
    """Counted by person, not by name: two people may share one."""

    def get_cache_key(self, request) -> str:
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}


api = NinjaAPI(
    title="Hafei CRM",
    version="1",
    urls_namespace="api",
    docs_url=None,
    auth=TokenAuth(),
    throttle=[PersonThrottle(RATE)],
)
for name, router in ROUTERS.items():
    api.add_router(f"/{name}", router)


def api_urls() -> tuple[list[URLPattern], str, str]:
    """Who asks is told by the token and not by a session."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False
    return patterns, app_name, namespace
