from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core.addresses import back_address
from core.errors import RuleBroken
from users import actions
from users.forms import RolesForm
from users.models import User


@require_POST
def change_language(request):
    language = request.POST.get("language")
    if language in {code for code, _label in User._meta.get_field("language").choices}:
        actions.prefer_language(request.user.pk, language=language)
    return redirect(back_address(request, otherwise=reverse("home")))


@require_POST
def change_theme(request):
    theme = request.POST.get("theme")
    if theme in User.Theme.values:
        actions.prefer_theme(request.user.pk, theme=theme)
    return redirect(back_address(request, otherwise=reverse("home")))


class PersonPage(PermissionRequiredMixin, FormView):
    """What the security administrator does for one person."""

    permission_required = "users.grant_user"
    raise_exception = True
    template_name = "users/person_form.html"
    intro = ""

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **context) -> dict:
        heading = self.heading % {"person": self.person}
        return super().get_context_data(person=self.person, heading=heading, **context)

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, self.done % {"person": self.person})
        return redirect(reverse("users:user_detail", args=[self.person.pk]))


class RolesPage(PersonPage):
    form_class = RolesForm
    matter, heading, save = _("Roles"), _("Roles of %(person)s"), _("Save")
    done = _("The roles of %(person)s were changed.")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user, "record": self.person}

    def act(self, fields: dict) -> None:
        actions.grant_roles(self.person.pk, by=self.request.user, roles=fields["roles"])


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class PasswordPage(PersonPage):
    form_class = SetPasswordForm
    matter, heading, save = _("Password"), _("Password of %(person)s"), _("Set password")
    intro = _(
        "The person is signed out everywhere, and a locked sign-in is opened again. "
        "Hand the password over yourself; the person can change it in the menu at the top right."
    )
    done = _("%(person)s may sign in with the new password. Tell it to nobody else.")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.person}

    def act(self, fields: dict) -> None:
        actions.set_password(self.person.pk, by=self.request.user, password=fields["new_password1"])
