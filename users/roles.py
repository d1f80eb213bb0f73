"""The names of the roles as users read them."""

from django.utils.translation import gettext_lazy as _

from users.access import Role

LABELS = {
    Role.DIRECTOR: _("Sales director"),
    Role.REGIONAL_MANAGER: _("Regional manager"),
    Role.SALESMAN: _("Salesman"),
    Role.DEALER_MANAGER: _("Dealer manager"),
    Role.DEALER_SALESMAN: _("Dealer salesman"),
    Role.PLANNER: _("Planner"),
    Role.PRODUCTION_CLERK: _("Production clerk"),
    Role.STOCK_KEEPER: _("Stock keeper"),
    Role.FINANCE: _("Finance clerk"),
    Role.CLAIMS_OFFICER: _("Claims officer"),
    Role.TECHNICIAN: _("Technician"),
    Role.SETTLEMENT_CLERK: _("Settlement clerk"),
    Role.SERVICE_STATION: _("Service station clerk"),
    Role.TRAINER: _("Trainer"),
    Role.TRAINEE: _("Trainee"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.SECURITY_ADMINISTRATOR: _("Security administrator"),
    Role.AUDITOR: _("Auditor"),
}


def role_label(role: str) -> str:
    return str(LABELS.get(role, role))
