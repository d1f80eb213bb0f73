from core.pages import Pages, Panel
from users import actions, approval_forms, filters, forms, links, tables
from users.models import ApprovalCase, FlowStep, User

UNITS = Pages(
    table=tables.UNITS,
    filters=filters.UnitFilter,
    form=forms.UnitForm,
    create=actions.add_unit,
    update=actions.change_unit,
    panels=(
        Panel(
            User._meta.verbose_name_plural,
            tables.USERS,
            lambda unit, user: User.objects.visible_to(user).filter(unit=unit),
            "users:user_detail",
        ),
    ),
)
USERS = Pages(
    table=tables.USERS,
    filters=filters.UserFilter,
    form=forms.UserForm,
    create=actions.add_user,
    update=actions.change_user,
    links=links.of_person,
)
TASKS = Pages(
    table=tables.TASKS,
    filters=filters.TaskFilter,
    form=forms.TaskForm,
    create=actions.add_task,
    update=actions.change_task,
    key_figures=("due_on", "priority", "owner__name"),
    links=links.of_task,
)
CALENDAR_ENTRIES = Pages(
    table=tables.CALENDAR_ENTRIES,
    filters=filters.CalendarEntryFilter,
    form=forms.EntryForm,
    create=actions.add_entry,
    update=actions.change_entry,
    key_figures=("starts_at", "ends_at", "place", "owner__name"),
    links=links.of_entry,
)
DELEGATIONS = Pages(
    table=tables.DELEGATIONS,
    filters=filters.DelegationFilter,
    form=approval_forms.DelegationForm,
    create=actions.add_delegation,
    update=actions.change_delegation,
    key_figures=("owner__name", "deputy__name", "starts_on", "ends_on"),
    links=links.of_delegation,
)
APPROVAL_FLOWS = Pages(
    table=tables.APPROVAL_FLOWS,
    filters=filters.ApprovalFlowFilter,
    form=approval_forms.FlowForm,
    lines=approval_forms.FlowSteps,
    lines_initial=approval_forms.steps_of_flow,
    update=actions.change_flow,
    panels=(
        Panel(
            FlowStep._meta.verbose_name_plural,
            tables.FLOW_STEPS,
            lambda flow, user: FlowStep.objects.visible_to(user).filter(flow=flow),
        ),
        Panel(
            ApprovalCase._meta.verbose_name_plural,
            tables.APPROVAL_CASES,
            lambda flow, user: ApprovalCase.objects.visible_to(user).filter(flow=flow),
            "approval",
        ),
    ),
    only=frozenset({"list", "detail", "edit"}),
)
PAGES = (UNITS, USERS, TASKS, CALENDAR_ENTRIES, DELEGATIONS, APPROVAL_FLOWS)
