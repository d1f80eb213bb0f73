from django import template

from users.access import ROLES
from users.models import User
from users.roles import role_label

register = template.Library()


@register.filter
def roles(person: User) -> str:
    """The roles of a person, in the order of the access table, in the reader's language."""
    return "、".join(role_label(role) for role in ROLES if role in person.role_names)
