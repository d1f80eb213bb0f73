import pytest


@pytest.mark.django_db
def test_health_is_told_without_signing_in(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True})


@pytest.mark.django_db
def test_lost_cache_is_told(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": True, "cache": False})
