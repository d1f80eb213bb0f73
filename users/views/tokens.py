"""One's own tokens for other programs."""

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from core.addresses import key_in
from users.actions import issue_token, revoke_token
from users.models import ApiToken


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Which program is it for?"), max_length=60)


@method_decorator(never_cache, name="dispatch")
class TokensPage(PermissionRequiredMixin, FormView):
    """A new token is shown in the answer and never again."""

    permission_required = "users.use_api"
    raise_exception = True
    template_name = "users/tokens.html"
    form_class = TokenForm
    issued = ""

    def post(self, request):
        if key := request.POST.get("revoke", ""):
            revoke_token(key_in(key), by=request.user)
            return redirect("users:tokens")
        return super().post(request)

    def form_valid(self, form):
        _token, self.issued = issue_token(by=self.request.user, name=form.cleaned_data["name"])
        return self.render_to_response(self.get_context_data(form=self.form_class()))

    def get_context_data(self, **context) -> dict:
        tokens = ApiToken.objects.visible_to(self.request.user)
        return super().get_context_data(tokens=tokens, issued=self.issued, **context)
