"""Courses, classes and enrolments for tests, with chosen values; ``owner`` is the trainee of an enrolment."""

from datetime import date
from itertools import count

from training import actions
from training.models import Article, Course, Enrolment, TrainingClass
from users.models import Unit, User
from users.tests.factories import make_user

serial = count(1)


def make_course(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Course:
    number = next(serial)
    values = {"code": f"PX{number}", "name": f"路宝产品知识{number}", "kind": Course.Kind.PRODUCT}
    return actions.add_course(by=owner, **values | fields)


def make_trainingclass(*, unit: Unit | None = None, owner: User | None = None, **fields) -> TrainingClass:
    parts = {
        "course": fields.pop("course", None) or make_course(),
        "trainer": fields.pop("trainer", None) or owner or make_user(unit=unit),
        "name": f"路宝产品知识第{next(serial)}期",
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 2),
        "seats": 20,
        "status": TrainingClass.Status.OPEN,
    }
    return actions.add_class(by=owner, **parts | fields)


def make_enrolment(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Enrolment:
    parts = {
        "trainee": fields.pop("trainee", None) or owner or make_user(unit=unit),
        "training_class": fields.pop("training_class", None) or make_trainingclass(),
    }
    return Enrolment.objects.create(**parts | fields)


def make_article(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Article:
    values = {"title": f"路宝保养周期{next(serial)}", "kind": Article.Kind.REPAIR, "body": "每 5000 公里更换机油。"}
    return actions.add_article(by=owner, **values | fields)
