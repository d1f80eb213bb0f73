"""Where a record is shown."""

from urllib.parse import urlsplit

from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_KEY = 19  # digits of a bigint


def record_url(record: models.Model) -> str:
    """What the model itself says, else the record page of its entity."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url()
    return reverse(f"{record._meta.app_label}:{record._meta.model_name}_detail", args=[record.pk])


def filled_in(pattern: str, key: int) -> str:
    """An address that has 0 in place of the key: to reverse the address of every row takes its time."""
    return pattern.replace("/0/", f"/{key}/")


def may_open(url: str, user) -> bool:
    """Whether this person has the right to the kind of records that a page is about."""
    try:
        view = resolve(urlsplit(url).path).func
    except Resolver404:
        return False
    named = getattr(view, "view_initkwargs", {}).get("pages")
    pages = named or getattr(getattr(view, "view_class", None), "pages", None)
    return pages is None or user.has_perm(pages.permission("view"))


def key_in(text: str) -> int:
    """The key of a record as it was sent; 0, which no record has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_KEY else 0


def back_address(request: HttpRequest, *, otherwise: str) -> str:
    """The page that the form names as ``next``, where it is one of this site."""
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure())
    return target if is_ours else otherwise
