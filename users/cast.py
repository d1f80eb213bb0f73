"""The fixed cast: the people of all tests, who are also the demo logins."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from users.access import Role
from users.actions.units import add_unit
from users.models import Unit, User

Kind = Unit.Kind


@dataclass(frozen=True)
class Part:
    username: str
    name: str
    unit: str
    role: str


UNITS = (
    ("HQ", "哈飞汽车销售公司", Kind.HEADQUARTERS, None),
    ("NORTH", "东北大区", Kind.REGION, "HQ"),
    ("EAST", "华东大区", Kind.REGION, "HQ"),
    ("D-HRB01", "哈尔滨龙江汽车销售有限公司", Kind.DEALER, "NORTH"),
    ("D-SH01", "上海申哈汽车销售有限公司", Kind.DEALER, "EAST"),
    ("S-HRB01", "哈尔滨道里特约服务站", Kind.STATION, "NORTH"),
)
CAST = (
    Part("director", "周志远", "HQ", Role.DIRECTOR),
    Part("manager", "王建国", "NORTH", Role.REGIONAL_MANAGER),
    Part("sales1", "李雪梅", "NORTH", Role.SALESMAN),
    Part("sales2", "张伟", "NORTH", Role.SALESMAN),
    Part("manager2", "陈海燕", "EAST", Role.REGIONAL_MANAGER),
    Part("dealer", "赵文斌", "D-HRB01", Role.DEALER_MANAGER),
    Part("dealer_sales", "孙立新", "D-HRB01", Role.DEALER_SALESMAN),
    Part("dealer2", "吴丽华", "D-SH01", Role.DEALER_MANAGER),
    Part("planner", "郑国庆", "HQ", Role.PLANNER),
    Part("production", "钱永盛", "HQ", Role.PRODUCTION_CLERK),
    Part("stock", "马春雷", "HQ", Role.STOCK_KEEPER),
    Part("finance", "何桂兰", "HQ", Role.FINANCE),
    Part("claims", "郭文静", "HQ", Role.CLAIMS_OFFICER),
    Part("technician", "朱晓明", "HQ", Role.TECHNICIAN),
    Part("settlement", "胡秀英", "HQ", Role.SETTLEMENT_CLERK),
    Part("station", "林志强", "S-HRB01", Role.SERVICE_STATION),
    Part("trainer", "高宇航", "HQ", Role.TRAINER),
    Part("trainee", "罗子涵", "D-HRB01", Role.TRAINEE),
    Part("sysadmin", "梁宏达", "HQ", Role.SYSTEM_ADMINISTRATOR),
    Part("security", "宋安顺", "HQ", Role.SECURITY_ADMINISTRATOR),
    Part("auditor", "唐敏", "HQ", Role.AUDITOR),
)


@transaction.atomic
def create_cast(password: str) -> dict[str, User]:
    """Units and people of the cast, by user name. The password is hashed once: all demo logins share it."""
    units: dict[str, Unit] = {}
    for code, name, kind, above in UNITS:
        units[code] = add_unit(by=None, name=name, code=code, kind=kind, parent=units.get(above))
    hashed = make_password(password)
    people = User.objects.bulk_create(
        User(username=part.username, name=part.name, unit=units[part.unit], password=hashed) for part in CAST
    )
    groups = {group.name: group for group in Group.objects.all()}
    User.groups.through.objects.bulk_create(
        User.groups.through(user=person, group=groups[part.role]) for person, part in zip(people, CAST, strict=True)
    )
    return {person.username: person for person in people}
