from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.addresses import key_in
from core.errors import RuleBroken
from core.lists import choose_default_view, move_view, remove_view, save_view
from core.lists_left import forget_defaults
from core.models import SavedView
from core.views.lists import FilteredRows

PLACES = {"forward": -1, "back": 1}


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "audience", "is_pinned"]


class SavedViewsPage(FilteredRows):
    """Save the list as it stands under a name, remove one's own view, or arrange the views for oneself."""

    def post(self, request):
        if key := request.POST.get("remove", ""):
            remove_view(key_in(key), by=request.user)
            forget_defaults(request)
            return redirect(self.pages.url("list"))
        if key := request.POST.get("default", ""):
            return self.choose_default(self.view_of(key))
        for name, places in PLACES.items():
            if key := request.POST.get(name, ""):
                list_name, user = self.pages.url_name("list"), request.user
                move_view(list_name, self.view_of(key), by=user, views=self.views, places=places)
                return HttpResponseRedirect(self.address())
        return self.save()

    def view_of(self, key: str) -> SavedView:
        visible = SavedView.objects.visible_to(self.request.user)
        return get_object_or_404(visible, pk=key_in(key), list_name=self.pages.url_name("list"))

    def choose_default(self, view: SavedView):
        """The list opens with it from now on; chosen once more it does so no longer."""
        is_chosen = view.pk != self.preference.default_view_id
        choose_default_view(self.pages.url_name("list"), view if is_chosen else None, by=self.request.user)
        forget_defaults(self.request)
        if not is_chosen:
            messages.success(self.request, _("The list opens with all records again."))
            return HttpResponseRedirect(self.address())
        messages.success(self.request, _("The list opens with the view “%(view)s” from now on.") % {"view": view})
        return HttpResponseRedirect(f"{self.pages.url('list')}{view.address}")

    def save(self):
        form = ViewForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("The view was not saved: give it a name of at most 40 characters."))
            return HttpResponseRedirect(self.address())
        offered = {column.name for column in self.table.columns}
        kept = {
            "query": self.request.POST.get("query", ""),
            "columns": [name for name in self.request.POST.getlist("columns") if name in offered],
        }
        try:
            view = save_view(self.pages.url_name("list"), by=self.request.user, **kept, **form.cleaned_data)
        except RuleBroken as refusal:
            messages.error(self.request, refusal.sentence)
            return HttpResponseRedirect(self.address())
        forget_defaults(self.request)
        messages.success(self.request, _("The view “%(view)s” was saved.") % {"view": view})
        return HttpResponseRedirect(f"{self.pages.url('list')}{view.address}")

    def address(self) -> str:
        """The list as it stood when the form was sent."""
        return f"{self.pages.url('list')}?{self.request.POST.get('query', '')}"
