from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core.errors import RuleBroken
from users import actions
from users.forms import RolesForm
from users.models import User


@require_POST
def change_language(request):
    language = request.POST.get("language")
    if language in {code for code, _label in User._meta.get_field("language").choices}:
        actions.prefer_language(request.user.pk, language=language)
    return _back(request)


@require_POST
def change_theme(request):
    theme = request.POST.get("theme")
    if theme in User.Theme.values:
        actions.prefer_theme(request.user.pk, theme=theme)
    return _back(request)


class RolesPage(PermissionRequiredMixin, FormView):
    """The roles of one person, given by the security administrator."""

    permission_required = "users.grant_user"
    raise_exception = True
    form_class = RolesForm
    template_name = "users/roles.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = None

    def get_form_kwargs(self) -> dict:
        self.person = get_object_or_404(User.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        return super().get_form_kwargs() | {"user": self.request.user, "record": self.person}

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(person=self.person, **context)

    def form_valid(self, form):
        try:
            actions.grant_roles(self.person.pk, by=self.request.user, roles=form.cleaned_data["roles"])
        except RuleBroken as refusal:
            form.add_error("roles", refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("The roles of %(person)s were changed.") % {"person": self.person})
        return redirect(reverse("users:user_detail", args=[self.person.pk]))


def _back(request):
    """To the page the switch was used on; only within this site."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("home")
    return redirect(target)
