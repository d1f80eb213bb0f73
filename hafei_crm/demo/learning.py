"""Courses, classes, results and the knowledge base."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.periods import add_months
from core.search import search_text
from hafei_crm.demo.world import World
from training import rules
from training.models import Article, Course, Enrolment, TrainingClass
from users.cast import CAST

# code, name, kind, hours, pass mark, months the certificate holds
COURSES = (
    ("CP-01", "路宝产品知识", "product", 8, 60, 24),
    ("CP-02", "赛豹产品知识", "product", 8, 60, 24),
    ("XS-01", "展厅接待与成交技巧", "sales", 16, 70, 24),
    ("XS-02", "大客户开发", "sales", 12, 70, 36),
    ("SH-01", "三包政策与索赔实务", "service", 16, 80, 12),
    ("GL-01", "经销商库存管理", "management", 8, 60, 36),
)
ARTICLES = (
    (
        "路宝首次保养须知",
        "repair",
        "首保里程 3000 公里或 3 个月，先到为准。更换机油与机油滤清器，检查制动液和轮胎气压。",
    ),
    (
        "家用汽车三包有效期",
        "policy",
        "三包有效期不低于 2 年或行驶里程 50000 公里；包修期不低于 3 年或 60000 公里，以先到者为准。",
    ),
    ("民意与中意如何选择", "question", "民意轴距较短，转弯半径小，适合城区配送；中意空间更大，适合客货两用。"),
    ("赛豹主要配置对比", "product", "1.6 升标准型与豪华型的差别：天窗、前排侧气囊、真皮方向盘。"),
    (
        "出租车用户为什么不适用三包",
        "question",
        "三包规定适用于生活消费购买的家用汽车；出租、租赁等营运车辆按厂家保修政策执行。",
    ),
)
SEATS, LENGTH = 30, timedelta(days=1)


def make_learning(world: World) -> None:
    courses = [{"id": world.copier.key(Course), **_course(*course)} for course in COURSES]
    world.copier.copy(Course, courses)
    classes = list(_classes(world, courses))
    world.copier.copy(TrainingClass, classes)
    world.copier.copy(Enrolment, (row for taught in classes for row in _enrolments(world, courses, taught)))
    world.copier.copy(Article, (_article(world, *article) for article in ARTICLES))


def _course(code: str, name: str, kind: str, hours: int, pass_mark: int, months: int) -> dict:
    known = {"code": code, "name": name, "kind": kind, "hours": hours}
    return known | {"pass_mark": pass_mark, "certificate_months": months}


def _classes(world: World, courses: list[dict]) -> Iterator[dict]:
    """A class a month for two years; the next one is open, the one after it planned."""
    first = add_months(world.today.replace(day=1), -22)
    for month in range(25):
        course = courses[month % len(courses)]
        starts_on = add_months(first, month) + timedelta(days=9)
        status = "closed" if starts_on + LENGTH < world.today else "open" if month < 24 else "planned"
        number = world.number("training_class", "PX", min(starts_on, world.today))
        name = f"{course['name']}（{starts_on:%Y-%m}）"
        yield {
            "id": world.copier.key(TrainingClass),
            "number": number,
            "name": name,
            "course_id": course["id"],
            "trainer_id": world.people["trainer"],
            "starts_on": starts_on,
            "ends_on": starts_on + LENGTH,
            "place": "哈尔滨培训中心",
            "seats": SEATS,
            "status": status,
            "search_text": search_text(name, number),
        }


def _enrolments(world: World, courses: list[dict], taught: dict) -> Iterator[dict]:
    """The people of the cast stay out, so that they can enrol themselves."""
    if taught["status"] == "planned":
        return
    course = next(course for course in courses if course["id"] == taught["course_id"])
    cast = {world.people[part.username] for part in CAST}
    sellers = [key for shop in world.shops for key in shop.sellers if key not in cast]
    for trainee in world.rng.sample(sellers, min(len(sellers), world.rng.randint(12, SEATS - 4))):
        enrolment = {"training_class_id": taught["id"], "trainee_id": trainee}
        enrolled_at = {"enrolled_at": world.moment(taught["starts_on"] - world.days(5, 20))}
        yield (
            enrolment
            | enrolled_at
            | (_result(world, course, taught["ends_on"]) if taught["status"] == "closed" else {})
        )


def _result(world: World, course: dict, graded_on: date) -> dict:
    score = max(30, min(100, round(world.rng.gauss(78, 11))))
    passed = rules.is_passed(score, pass_mark=course["pass_mark"])
    until = rules.certificate_end(graded_on, months=course["certificate_months"]) if passed else None
    status = "passed" if passed else "failed"
    return {"status": status, "score": score, "graded_on": graded_on, "certificate_until": until}


def _article(world: World, title: str, kind: str, body: str) -> dict:
    return {
        "title": title,
        "kind": kind,
        "body": body,
        "status": "published",
        "author_id": world.people["trainer"],
        "search_text": search_text(title, body),
    }
