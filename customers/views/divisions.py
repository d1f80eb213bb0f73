"""What the form of a customer asks the server while it is filled in."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from customers.widgets import DivisionSelect


@require_safe
@permission_required("customers.view_customer", raise_exception=True)
def division_choices(request: HttpRequest) -> HttpResponse:
    """The selects of province, city and county after one of them was changed."""
    widget = DivisionSelect()
    chosen = widget.value_from_datadict(request.GET, None, "division")
    return HttpResponse(widget.render("division", chosen))
