from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from core.lists_left import query_left
from core.pages import Pages


@method_decorator(never_cache, name="dispatch")
class Page(PermissionRequiredMixin):
    """What all generic views share: the description, the permission, the visible rows, the template by name."""

    pages: Pages = None
    verb = "view"
    template_page = ""
    raise_exception = True

    def get_permission_required(self) -> list[str]:
        return [self.pages.permission(self.verb)]

    def get_queryset(self) -> QuerySet:
        return self.pages.visible_rows(self.request.user)

    def list_as_left(self) -> str:
        query = query_left(self.request, self.pages.url_name("list"))
        return f"{self.pages.url('list')}?{query}" if query else self.pages.url("list")

    def get_template_names(self) -> list[str]:
        meta = self.pages.meta
        return [f"{meta.app_label}/{self.pages.name}_{self.template_page}.html", f"core/{self.template_page}.html"]

    def get_context_data(self, **context) -> dict:
        user, pages = self.request.user, self.pages
        return super().get_context_data(
            user=user,  # on the page of a person, too, the one who reads it
            pages=pages,
            meta=pages.meta,
            list_url=pages.url("list"),
            can_add=pages.has("add") and user.has_perm(pages.permission("add")),
            can_export=user.has_perm("core.export_rows"),
            **context,
        )
