from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import UndoOffer
from core.periods import add_months
from customers.actions import undo_move
from customers.models import Opportunity, Stage
from customers.tests.factories import make_opportunity, make_pipeline
from customers.tests.test_opportunities import ready, stage, step

pytestmark = pytest.mark.django_db
BOARD = reverse("customers:opportunity_board")
FORECAST = reverse("customers:opportunity_forecast")


def columns(client, **query) -> dict[str, tuple]:
    board = client.get(BOARD, query).context["board"]
    return {
        column.stage.name: (column.sums.count, column.sums.amount, column.sums.weighted) for column in board.columns
    }


def dragged(client, opportunity: Opportunity, to: Stage, **data):
    url = reverse("customers:opportunity_move", args=[opportunity.pk])
    return client.post(url, {"stage": to.pk} | data, headers={"Accept": "application/json"})


def test_sums_of_the_columns_are_exact_in_the_readers_rights(client, sales1, sales2, manager, manager2):
    for amount in ("100000.00", "50000.50"):
        ready(sales1, amount=Decimal(amount))
    step(ready(sales2, amount=Decimal("80000.00")), "move", by=sales2, stage=stage("2"))
    ready(manager2)
    client.force_login(manager)
    assert columns(client) == {
        "需求确认": (2, Decimal("150000.50"), Decimal("30000.10")),
        "报价": (1, Decimal("80000.00"), Decimal("40000.00")),
        "谈判": (0, 0, 0),
        "成交": (0, 0, 0),
        "战败": (0, 0, 0),
    }
    assert columns(client, owner=sales2.pk)["需求确认"][0] == 0
    client.force_login(sales1)
    assert columns(client)["报价"][0] == 0


def test_one_request_draws_the_board_however_many_cards(client, sales1, manager):
    client.force_login(manager)
    for _number in range(3):
        ready(sales1)
    client.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        client.get(BOARD)
    for number in range(45):
        opportunity = make_opportunity(owner=sales1)
        Opportunity.objects.filter(pk=opportunity.pk).update(stage=stage(str(number % 3 + 1)))
    with CaptureQueriesContext(connection) as many:
        page = client.get(BOARD)
    assert len(few) == len(many) <= 12, [query["sql"][:90] for query in many]
    first = page.context["board"].columns[0]
    assert (first.sums.count, len(first.cards), first.has_more) == (18, 18, False)


def test_a_long_column_is_paged(client, sales1):
    for _number in range(23):
        make_opportunity(owner=sales1)
    client.force_login(sales1)
    first = client.get(BOARD).context["board"].columns[0]
    assert (first.sums.count, len(first.cards), first.has_more) == (23, 20, True)
    url = reverse("customers:opportunity_board_cards", args=[stage("1").pk])
    Opportunity.objects.filter(pk=first.cards[0].pk).update(stage=stage("2"))
    more = client.get(url, {"after": first.after}).context
    assert (len(more["cards"]), more["has_more"]) == (3, False)
    assert not {card.pk for card in more["cards"]} & {card.pk for card in first.cards}


def test_a_dragged_card_is_moved_and_the_new_sums_come_back(client, sales1):
    opportunity = ready(sales1)
    client.force_login(sales1)
    answer = dragged(client, opportunity, stage("2"), **{"from": stage("1").pk})
    assert answer.status_code == 200
    assert answer.json()["columns"][str(stage("2").pk)] == {"count": "1", "amount": "10.0", "weighted": "5.0"}
    assert answer.json()["total"] == {"count": "1", "amount": "10.0", "weighted": "5.0"}
    assert f"?from={stage('2').pk}" in answer.json()["card"]
    opportunity.refresh_from_db()
    assert opportunity.stage == stage("2")
    client.post(answer.json()["undo"])
    opportunity.refresh_from_db()
    assert opportunity.stage == stage("1")


def test_a_refused_drag_says_why(client, sales1):
    opportunity = make_opportunity(owner=sales1, amount=0)
    client.force_login(sales1)
    answer = dragged(client, opportunity, stage("3"))
    assert answer.status_code == 409
    assert "预计金额" in answer.json()["sentence"]
    assert dragged(client, opportunity, stage("won")).status_code == 409


def test_a_card_somebody_moved_meanwhile_is_not_moved_again(client, sales1, manager):
    opportunity = ready(sales1)
    step(opportunity, "move", by=manager, stage=stage("3"))
    client.force_login(sales1)
    answer = dragged(client, opportunity, stage("2"), **{"from": stage("1").pk})
    assert answer.status_code == 409
    assert "谈判" in answer.json()["sentence"]


def test_the_menu_moves_without_a_script(client, sales1):
    opportunity = ready(sales1)
    client.force_login(sales1)
    url = reverse("customers:opportunity_move", args=[opportunity.pk])
    assert f'formaction="{url}?from={stage("1").pk}"' in client.get(BOARD).content.decode()
    answer = client.post(f"{url}?from={stage('1').pk}", {"stage": stage("2").pk, "next": f"{BOARD}?owner={sales1.pk}"})
    assert (answer.status_code, answer.url) == (302, f"{BOARD}?owner={sales1.pk}")
    opportunity.refresh_from_db()
    assert opportunity.stage == stage("2")
    undo_move(UndoOffer.objects.get(kind="customers.move").parameters, by=sales1)
    opportunity.refresh_from_db()
    assert opportunity.stage == stage("1")


def test_nobody_moves_a_strangers_card(client, sales1, sales2, director, finance):
    opportunity = ready(sales1)
    client.force_login(sales2)
    assert dragged(client, opportunity, stage("2")).status_code == 404
    client.force_login(finance)
    assert client.get(BOARD).status_code == 403
    assert dragged(client, opportunity, stage("2")).status_code == 403


@pytest.mark.parametrize("value", ["", "0", "abc", "0001-01-01T00:00:00+08:00_1", "9" * 40, "a\x00b", "' OR 1=1 --"])
def test_whatever_is_typed_into_the_address_is_answered(client, sales1, value):
    opportunity = ready(sales1)
    client.force_login(sales1)
    query = dict.fromkeys(("pipeline", "owner", "unit", "series", "after"), value)
    assert client.get(BOARD, query).status_code == 200
    assert client.get(FORECAST, query).status_code == 200
    assert client.get(reverse("customers:opportunity_board_filter"), query).status_code == 200
    cards = reverse("customers:opportunity_board_cards", args=[stage("1").pk])
    assert client.get(cards, query).status_code == 200
    url = reverse("customers:opportunity_move", args=[opportunity.pk])
    assert client.post(url, {"stage": value, "from": value}).status_code == 404


def test_a_team_sees_its_own_pipeline_first(client, sales1, manager, manager2):
    north = make_pipeline(team=manager.unit)
    client.force_login(sales1)
    assert client.get(BOARD).context["board"].pipeline == north
    client.force_login(manager2)
    assert client.get(BOARD).context["board"].pipeline.unit is None


def test_what_was_decided_long_ago_leaves_the_board(client, sales1):
    opportunity = step(ready(sales1), "win", by=sales1, amount=Decimal("1.00"))
    client.force_login(sales1)
    assert columns(client)["成交"][0] == 1
    Opportunity.objects.filter(pk=opportunity.pk).update(closed_at=timezone.now() - timedelta(days=95))
    assert columns(client)["成交"][0] == 0


def test_the_outlook_counts_open_by_chance_won_in_full_lost_nothing(client, sales1, manager, manager2):
    today = timezone.localdate()
    soon, later, past = today, add_months(today, 20), add_months(today, -6)
    ready(sales1, amount=Decimal("100000.00"), expected_close_on=soon)
    step(ready(sales1, expected_close_on=soon), "win", by=sales1, amount=Decimal("90000.00"))
    gone = ready(sales1, amount=Decimal("70000.00"), expected_close_on=soon)
    step(gone, "lose", by=sales1, note="价格", lost_reason="price")
    step(gone, "confirm_loss", by=manager)
    for day in (later, past, None):
        make_opportunity(owner=sales1, amount=Decimal("10000.00"), expected_close_on=day)
    ready(manager2, expected_close_on=soon)
    client.force_login(manager)
    page = client.get(FORECAST)
    shown = {label: one for label, one, _links in page.context["rows"]}
    month = shown[f"{today:%Y-%m}"]
    assert (month.open_count, month.open_amount) == (1, Decimal("100000.00"))
    assert (month.won_count, month.won_amount, month.weighted_amount) == (1, Decimal("90000.00"), Decimal("110000.00"))
    assert [shown[label].weighted_amount for label in ("更早", "以后", "未定日期")] == [Decimal("2000.00")] * 3
    assert page.context["total"].weighted_amount == Decimal("116000.00")


def test_each_figure_of_the_outlook_opens_the_rows_it_sums(client, sales1, manager):
    today = timezone.localdate()
    for day in (today, add_months(today, 20), add_months(today, -6), None):
        ready(sales1, expected_close_on=day)
    step(ready(sales1, expected_close_on=today), "win", by=sales1, amount=Decimal("90000.00"))
    client.force_login(manager)
    for _label, one, links in client.get(FORECAST, {"owner": sales1.pk}).context["rows"]:
        totals = {column.name: total for column, _label, total in client.get(links["weighted"]).context["totals"]}
        assert (totals["weighted_amount"] or 0) == one.weighted_amount
        assert len(client.get(links["open"]).context["rows"]) == one.open_count
        assert len(client.get(links["won"]).context["rows"]) == one.won_count
