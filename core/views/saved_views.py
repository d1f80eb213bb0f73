from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.addresses import key_in
from core.errors import RuleBroken
from core.lists import remove_view, save_view
from core.models import SavedView
from core.views.lists import FilteredRows


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "audience", "is_pinned"]


class SavedViewsPage(FilteredRows):
    """Save the list as it stands under a name, or remove one's own view."""

    def post(self, request):
        if key := request.POST.get("remove", ""):
            remove_view(key_in(key), by=request.user)
            return redirect(self.pages.url("list"))
        form = ViewForm(request.POST)
        query = request.POST.get("query", "")
        address = f"{self.pages.url('list')}?{query}"
        if not form.is_valid():
            messages.error(request, _("The view was not saved: give it a name of at most 40 characters."))
            return HttpResponseRedirect(address)
        offered = {column.name for column in self.table.columns}
        columns = [name for name in request.POST.getlist("columns") if name in offered]
        try:
            view = save_view(
                self.pages.url_name("list"), by=request.user, query=query, columns=columns, **form.cleaned_data
            )
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return HttpResponseRedirect(address)
        messages.success(request, _("The view “%(view)s” was saved.") % {"view": view})
        return HttpResponseRedirect(f"{self.pages.url('list')}{view.address}")
