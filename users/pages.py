from core.pages import Pages, Panel
from users import actions, filters, forms, links, tables
from users.models import User

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
PAGES = (UNITS, USERS, TASKS, CALENDAR_ENTRIES)
