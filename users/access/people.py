"""People, tasks and the mechanism everybody works with."""

from users.grants import ALL, BUSINESS, HEAD_OFFICE, OWN, SUBTREE, UNIT, Grant, Role, may

PEOPLE: dict[str, tuple[Grant, ...]] = {
    "users.user": (
        may(BUSINESS, UNIT),
        may(Role.REGIONAL_MANAGER, SUBTREE, "supervise handover"),
        may(Role.DEALER_MANAGER, UNIT, "supervise handover"),
        may((Role.DIRECTOR, Role.AUDITOR, Role.TRAINER), ALL),
        may(Role.DIRECTOR, ALL, "supervise handover"),
        may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change handover"),
        may(Role.SECURITY_ADMINISTRATOR, ALL, "grant"),
    ),
    "users.unit": (
        may(BUSINESS, SUBTREE),
        may((*HEAD_OFFICE, Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),
        may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change"),
    ),
    "users.task": (
        may(BUSINESS, OWN, "add change bin"),
        may(Role.DEALER_MANAGER, UNIT, "add change bin"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change bin"),
        may(Role.DIRECTOR, ALL, "add change bin"),
    ),
    "users.calendarentry": (
        may(BUSINESS, OWN, "add change bin"),
        may(Role.DEALER_MANAGER, UNIT, "add change bin"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change bin"),
        may(Role.DIRECTOR, ALL, "add change bin"),
    ),
    "users.delegation": (
        may(BUSINESS, OWN, "add change"),
        may(Role.DEALER_MANAGER, UNIT, "add change"),
        may(Role.REGIONAL_MANAGER, SUBTREE, "add change"),
        may(Role.DIRECTOR, ALL, "add change"),
    ),
    "users.approvalflow": (
        may((Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR), ALL, "change"),
        may(Role.AUDITOR, ALL),
    ),
    "users.flowstep": (may((Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR), ALL),),
    "users.approvalcase": (
        may(BUSINESS, OWN),
        may(Role.DEALER_MANAGER, UNIT),
        may(Role.REGIONAL_MANAGER, SUBTREE),
        may((Role.DIRECTOR, Role.AUDITOR), ALL),
    ),
    "core.customfield": (may(Role.SYSTEM_ADMINISTRATOR, ALL, "add change"),),
    "core.job": (may(Role.SYSTEM_ADMINISTRATOR, ALL),),
    "core.exportlog": (may((Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),),
    "core.reveallog": (may((Role.AUDITOR, Role.SECURITY_ADMINISTRATOR), ALL),),
}
