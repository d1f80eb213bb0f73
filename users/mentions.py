"""Who is meant by “@李雪梅” in a text: colleagues the writer can see."""

from collections import Counter

from django.db.models import F, Value
from django.db.models.functions import Concat, StrIndex

from users.models import User

MOST = 10


def people_mentioned(text: str, *, by: User) -> list[User]:
    """The longest name counts: “@张伟平” does not mean 张伟. A name that several bear is written “@name(login)”."""
    if "@" not in text:
        return []
    people = User.objects.visible_to(by).on_duty().exclude(pk=by.pk).annotate(sign=Concat(Value("@"), F("name")))
    named = list(people.annotate(at=StrIndex(Value(text), F("sign"))).filter(at__gt=0).order_by("pk"))
    bearers = Counter(person.name for person in named)
    found = []
    for person in sorted(named, key=lambda person: len(person.name), reverse=True):
        sign = person.sign if bearers[person.name] == 1 else f"{person.sign}({person.username})"
        if sign in text:
            found.append(person)
            text = text.replace(sign, "")
    return found[:MOST]
