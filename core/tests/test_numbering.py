from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from core.numbering import next_number, next_numbers

IN_2026, IN_2027 = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.django_db
def test_numbers_follow_one_another_and_begin_anew_each_year():
    numbers = [next_number("contract", prefix="HT", on=day) for day in (IN_2026, IN_2026, IN_2027)]
    assert numbers == ["HT-2026-0001", "HT-2026-0002", "HT-2027-0001"]


@pytest.mark.django_db
def test_kinds_are_counted_apart():
    assert next_number("contract", prefix="HT", on=IN_2026) == "HT-2026-0001"
    assert next_number("order", prefix="DD", on=IN_2026) == "DD-2026-0001"


@pytest.mark.django_db
def test_a_block_is_taken_at_once():
    assert next_numbers("order", prefix="DD", on=IN_2026, count=3)[-1] == "DD-2026-0003"
    assert next_numbers("order", prefix="DD", on=IN_2026, count=0) == []
    assert next_number("order", prefix="DD", on=IN_2026) == "DD-2026-0004"


@pytest.mark.django_db
def test_a_number_that_is_rolled_back_is_given_again():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("contract", prefix="HT", on=IN_2026)
        raise ZeroDivisionError
    assert next_number("contract", prefix="HT", on=IN_2026) == "HT-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_taken_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        next_number("contract", prefix="HT", on=IN_2026)


@pytest.mark.django_db(transaction=True)
def test_twenty_takers_at_once_get_twenty_numbers_without_a_gap():
    taken, start = [], Barrier(20)

    def take(fails: bool) -> None:
        start.wait(timeout=20)
        try:
            with transaction.atomic():
                number = next_number("contract", prefix="HT", on=IN_2026)
                if fails:
                    raise ZeroDivisionError
            taken.append(number)
        except ZeroDivisionError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=take, args=(index % 4 == 0,)) for index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(taken) == [f"HT-2026-{number:04d}" for number in range(1, 16)]
