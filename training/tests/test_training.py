from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.workflow import take
from training import actions, queries, rules, workflow
from training.models import Article, Course, Enrolment, TrainingClass
from training.tests.factories import make_article, make_course, make_enrolment, make_trainingclass
from users.models import User
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
E, C = Enrolment.Status, TrainingClass.Status
STEPS = {step.name: step for step in workflow.ENROLMENT_STEPS}
CLASS_STEPS = {step.name: step for step in workflow.CLASS_STEPS}


@pytest.mark.parametrize(("score", "passed"), [(0, False), (59, False), (60, True), (100, True)])
def test_the_pass_mark_itself_passes(score, passed):
    assert rules.is_passed(score, pass_mark=60) is passed


@pytest.mark.parametrize(
    ("graded_on", "months", "until"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_certificate_holds_for_the_months_of_its_course(graded_on, months, until):
    assert rules.certificate_end(graded_on, months=months) == until


def test_a_dealers_salesman_takes_a_course_and_passes(client, trainer, dealer_sales):
    client.force_login(trainer)
    course = {"code": "LB-01", "name": "路宝产品知识", "kind": "product", "hours": 8, "pass_mark": 60}
    assert client.post(reverse("training:course_add"), course | {"certificate_months": 24}).status_code == 302
    lesson = {"name": "路宝第一期", "course": Course.objects.get().pk, "trainer": trainer.pk, "seats": 20}
    days = {"starts_on": "2026-12-01", "ends_on": "2026-12-02", "place": "哈尔滨"}
    assert client.post(reverse("training:trainingclass_add"), lesson | days).status_code == 302
    taught = TrainingClass.objects.get()
    client.post(reverse("training:trainingclass_step", args=[taught.pk, "open"]))

    client.force_login(dealer_sales)
    enrol = reverse("training:trainingclass_enrol", args=[taught.pk])
    assert enrol in client.get(reverse("training:trainingclass_detail", args=[taught.pk])).content.decode()
    response = client.post(enrol)
    enrolment = Enrolment.objects.get()
    assert response.headers["Location"] == reverse("training:enrolment_detail", args=[enrolment.pk])
    assert (enrolment.trainee, enrolment.status) == (dealer_sales, E.ENROLLED)
    assert client.get(reverse("training:enrolment_step", args=[enrolment.pk, "grade"])).status_code == 403

    client.force_login(trainer)
    client.post(reverse("training:enrolment_step", args=[enrolment.pk, "grade"]), {"score": 85})
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.score) == (E.PASSED, 85)
    until = rules.certificate_end(timezone.localdate(), months=24)
    assert enrolment.certificate_until == until
    assert queries.valid_certificates(dealer_sales.pk, timezone.localdate()) == [
        queries.Certificate("路宝产品知识", 85, until)
    ]
    assert Notice.objects.filter(user=dealer_sales, url=f"/training/enrolments/{enrolment.pk}/").exists()

    client.force_login(dealer_sales)
    assert "85" in client.get(reverse("training:enrolment_detail", args=[enrolment.pk])).content.decode()


def test_a_score_below_the_mark_fails_without_certificate(trainer):
    enrolment = make_enrolment(training_class=make_trainingclass(course=make_course(pass_mark=80)))
    take(STEPS["grade"], enrolment.pk, Enrolment, by=trainer, score=79)
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.score, enrolment.certificate_until) == (E.FAILED, 79, None)


@pytest.mark.parametrize("score", ["-1", "101", "", "sechzig"])
def test_a_score_out_of_range_is_refused_on_the_form(client, trainer, score):
    enrolment = make_enrolment()
    client.force_login(trainer)
    response = client.post(reverse("training:enrolment_step", args=[enrolment.pk, "grade"]), {"score": score})
    assert response.status_code == 200 and "score" in response.context["form"].errors
    enrolment.refresh_from_db()
    assert enrolment.status == E.ENROLLED


def test_nobody_grades_himself_and_nobody_twice(trainer):
    own, other = make_enrolment(owner=trainer), make_enrolment()
    with pytest.raises(StepRefused):
        take(STEPS["grade"], own.pk, Enrolment, by=trainer, score=100)
    take(STEPS["grade"], other.pk, Enrolment, by=trainer, score=60)
    with pytest.raises(StepRefused):
        take(STEPS["grade"], other.pk, Enrolment, by=trainer, score=100)


def test_a_full_class_takes_nobody_until_a_seat_is_given_back(trainee, dealer_sales, trainer):
    taught = make_trainingclass(seats=1)
    first = actions.enrol(taught.pk, by=trainee)
    with pytest.raises(RuleBroken) as refusal:
        actions.enrol(taught.pk, by=dealer_sales)
    assert taught.name in refusal.value.sentence
    take(STEPS["cancel"], first.pk, Enrolment, by=trainee, note="出差")
    assert actions.enrol(taught.pk, by=dealer_sales).status == E.ENROLLED


def test_enrolling_twice_is_refused_and_again_after_cancelling_is_not(trainee):
    taught = make_trainingclass()
    first = actions.enrol(taught.pk, by=trainee)
    with pytest.raises(RuleBroken):
        actions.enrol(taught.pk, by=trainee)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(training_class=taught, trainee=trainee)
    take(STEPS["cancel"], first.pk, Enrolment, by=trainee, note="改期")
    actions.enrol(taught.pk, by=trainee)
    assert taught.enrolments.count() == 2


@pytest.mark.parametrize("status", [C.PLANNED, C.CLOSED])
def test_only_an_open_class_enrols(client, trainee, status):
    taught = make_trainingclass(status=status)
    client.force_login(trainee)
    page = client.get(reverse("training:trainingclass_detail", args=[taught.pk])).content.decode()
    assert reverse("training:trainingclass_enrol", args=[taught.pk]) not in page
    response = client.post(reverse("training:trainingclass_enrol", args=[taught.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("training:trainingclass_detail", args=[taught.pk])
    assert not Enrolment.objects.exists()


def test_finance_clerk_has_no_seat_to_take(client, finance):
    taught = make_trainingclass()
    client.force_login(finance)
    assert client.post(reverse("training:trainingclass_enrol", args=[taught.pk])).status_code == 403


def test_dealer_manager_enrols_his_people_and_no_strangers(client, dealer, dealer_sales, dealer2):
    taught = make_trainingclass()
    client.force_login(dealer)
    address, form = reverse("training:enrolment_add"), {"training_class": taught.pk}
    response = client.post(address, form | {"trainee": dealer2.pk})
    assert "trainee" in response.context["form"].errors
    assert client.post(address, form | {"trainee": dealer_sales.pk}).status_code == 302
    assert [enrolment.trainee for enrolment in Enrolment.objects.all()] == [dealer_sales]


def test_trainee_cannot_enrol_another(trainee, dealer_sales):
    taught = make_trainingclass()
    with pytest.raises(PermissionDenied):
        actions.enrol(taught.pk, by=trainee, trainee=dealer_sales)


def test_a_class_is_closed_when_everybody_is_graded(trainer):
    taught = make_trainingclass()
    enrolment = make_enrolment(training_class=taught)
    with pytest.raises(StepRefused):
        take(CLASS_STEPS["close"], taught.pk, TrainingClass, by=trainer)
    take(STEPS["grade"], enrolment.pk, Enrolment, by=trainer, score=70)
    assert take(CLASS_STEPS["close"], taught.pk, TrainingClass, by=trainer).status == C.CLOSED
    with pytest.raises(RuleBroken):
        actions.change_class(taught.pk, by=trainer, seats=30)


def test_seats_do_not_sink_below_those_taken(trainer):
    taught = make_trainingclass(seats=5)
    for _number in range(3):
        make_enrolment(training_class=taught)
    with pytest.raises(RuleBroken):
        actions.change_class(taught.pk, by=trainer, seats=2)
    assert actions.change_class(taught.pk, by=trainer, seats=3).seats == 3


@pytest.mark.parametrize(
    ("status", "open_steps"),
    [(E.ENROLLED, {"grade", "cancel"}), (E.PASSED, set()), (E.FAILED, set()), (E.CANCELLED, set())],
)
def test_each_status_of_an_enrolment_opens_its_steps(status, open_steps):
    enrolment = Enrolment(status=status)
    assert {name for name, step in STEPS.items() if step.is_open(enrolment)} == open_steps


@pytest.mark.parametrize(("status", "open_steps"), [(C.PLANNED, {"open"}), (C.OPEN, {"close"}), (C.CLOSED, set())])
def test_each_status_of_a_class_opens_its_steps(status, open_steps):
    taught = TrainingClass(status=status)
    assert {name for name, step in CLASS_STEPS.items() if step.is_open(taught)} == open_steps


def test_certificates_end_and_a_repeated_course_counts_once(trainee):
    course, today = make_course(name="三包政策"), date(2026, 11, 22)
    ends = [today - timedelta(days=1), today, today + timedelta(days=300)]
    for until in ends:
        make_enrolment(
            training_class=make_trainingclass(course=course),
            trainee=trainee,
            status=E.PASSED,
            score=90,
            certificate_until=until,
        )
    assert queries.valid_certificates(trainee.pk, today) == [queries.Certificate("三包政策", 90, ends[2])]
    assert queries.valid_certificates(trainee.pk, ends[2] + timedelta(days=1)) == []


def test_a_draft_article_is_read_by_writers_only(client, trainer, dealer_sales):
    article = make_article(owner=trainer, title="路宝三包政策")
    client.force_login(dealer_sales)
    assert client.get(reverse("training:article_detail", args=[article.pk])).status_code == 404
    assert client.get(reverse("training:article_list")).context["rows"] == []
    client.force_login(trainer)
    client.post(reverse("training:article_step", args=[article.pk, "publish"]))
    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED
    client.force_login(dealer_sales)
    assert "每 5000 公里更换机油" in client.get(reverse("training:article_detail", args=[article.pk])).content.decode()
    assert len(client.get(reverse("training:article_list"), {"q": "机油"}).context["rows"]) == 1
    assert client.get(reverse("training:article_edit", args=[article.pk])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_never_exceed_the_seats(cast):
    taught = make_trainingclass(seats=7)
    people = [make_user(unit=cast["trainee"].unit) for _number in range(20)]
    for person in people:
        person.groups.set(cast["trainee"].groups.all())

    def take_seat(key: int) -> str:
        try:
            actions.enrol(taught.pk, by=User.objects.get(pk=key))
            return "seat"
        except RuleBroken:
            return "full"
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(take_seat, [person.pk for person in people]))
    assert outcomes.count("seat") == 7 and outcomes.count("full") == 13
    assert taught.enrolments.taking_seats().count() == 7
