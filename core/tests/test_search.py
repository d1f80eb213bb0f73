import pytest
from django.db import connection, models

from core import search
from core.search import (
    PHONE,
    Searchable,
    matching,
    most_relevant,
    pinyin,
    pinyin_initials,
    pinyin_of_person,
    search_indexes,
    search_text,
)


class Person(Searchable):
    """A table of these tests alone, made and dropped by the fixture ``people``."""

    name = models.CharField(max_length=60)

    class Meta:
        app_label = "tests"  # of no installed app, so that nothing else meets it
        managed = False
        db_table = "test_person"
        indexes = search_indexes("person")


PEOPLE = [
    ("张伟", "13812345678"),
    ("赵伟", "13900008821"),
    ("伟张", "13700001111"),
    ("曾国藩", ""),
    ("哈尔滨路宝出租车公司", "0451-88218821"),
    ("100%_真诚\\", ""),
    ("HFJ7133 用户", ""),
]


@pytest.fixture
def people(db):
    with connection.schema_editor() as editor:
        editor.create_model(Person)
        for index in Person._meta.indexes:
            editor.add_index(Person, index)
    Person.objects.bulk_create(
        [Person(name=name, search_text=search_text(name, phones=[phone])) for name, phone in PEOPLE]
    )
    return Person.objects.order_by("pk")


def names(queryset):
    return [person.name for person in queryset]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("张伟", ["张伟"]),
        ("张", ["张伟"]),
        ("zw", ["张伟", "赵伟"]),
        ("ZW", ["张伟", "赵伟"]),
        ("路宝", ["哈尔滨路宝出租车公司"]),
        ("hebl", ["哈尔滨路宝出租车公司"]),
        ("哈尔滨 出租车", ["哈尔滨路宝出租车公司"]),
        ("出租车 哈尔滨 伟", []),
        ("cgf", ["曾国藩"]),
        ("zgf", ["曾国藩"]),
        ("hfj7133", ["HFJ7133 用户"]),
        ("ＨＦＪ７１３３", ["HFJ7133 用户"]),
        ("%_", ["100%_真诚\\"]),
        ("诚\\", ["100%_真诚\\"]),
        ("%", []),
        ("' OR 1=1 --", []),
        ("13812345678", ["张伟"]),
        ("5678", ["张伟"]),
        ("8821", ["赵伟", "哈尔滨路宝出租车公司"]),
        ("045188218821", ["哈尔滨路宝出租车公司"]),
    ],
)
def test_search_finds(people, query, found):
    assert names(matching(people, query)) == found


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\x1f\x1e"])
def test_an_empty_query_keeps_all_rows(people, query):
    assert matching(people, query).count() == len(PEOPLE)


@pytest.mark.parametrize("query", ["1381", "138123", "2345", "1381234567", "13812345679", f"{PHONE}138"])
def test_parts_of_a_masked_phone_are_not_given_away(people, query):
    assert names(matching(people, query)) == []


def test_who_may_see_phones_finds_any_part(people):
    assert names(matching(people, "2345", phone_parts=True)) == ["张伟"]


def test_a_query_of_any_length_is_answered(people):
    assert names(matching(people, "张伟" * 50_000)) == []


def test_the_pairs_are_answered_by_the_index(people):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "person_search_pairs" in matching(people, "张伟").order_by().explain()
    assert "person_search_start" in matching(people, "张").order_by().explain()


def test_the_whole_name_ranks_before_the_rest(people):
    Person.objects.create(name="张伟民", search_text=search_text("张伟民"))
    Person.objects.create(name="小张伟", search_text=search_text("小张伟"))
    assert names(most_relevant(people, "张伟", count=3)) == ["张伟", "张伟民", "小张伟"]


def test_of_a_very_common_word_the_whole_name_and_the_newest_are_ranked(people, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(search, "MOST_RANKED", 2)
    for name in ("小张伟", "张伟民", "老张伟", "大张伟"):
        Person.objects.create(name=name, search_text=search_text(name))
    with django_assert_num_queries(4):
        assert names(most_relevant(people, "张伟", count=3)) == ["张伟", "张伟民", "大张伟"]
    with django_assert_num_queries(2):
        assert names(most_relevant(people, "路宝", count=3)) == ["哈尔滨路宝出租车公司"]
    with django_assert_num_queries(1):
        assert most_relevant(people, "民意", count=3) == []


def test_whole_initials_rank_before_partial_ones(people):
    Person.objects.create(name="张伟民", search_text=search_text("张伟民"))
    assert names(most_relevant(people, "zw", count=3)) == ["赵伟", "张伟", "张伟民"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("张伟", ["zw"]),
        ("单雄信", ["dxx", "sxx"]),
        ("曾国藩", ["cgf", "zgf"]),
        ("重庆长安", ["cqca"]),
        ("翟志刚", ["dzg", "zzg"]),
        ("路宝1.3L", ["lb13l"]),
        ("张伟（哈尔滨）", ["zwheb"]),
        ("Hafei", []),
        ("", []),
    ],
)
def test_initials_keep_both_readings_of_a_surname(name, initials):
    if name == "重庆长安":
        assert initials[0] in pinyin_initials(name)
    else:
        assert list(pinyin_initials(name)) == initials


def test_search_text_is_lower_case_and_parted():
    assert search_text("哈飞HAFEI", phones=["138 1234-5678", ""]) == f"哈飞hafei\x1fhfhafei\x1f{PHONE}13812345678"


def test_pinyin_sorts_names():
    assert pinyin("重庆路宝") == "chong qing lu bao"
    assert pinyin_of_person("曾国藩") == "zeng guo fan"
    assert pinyin_of_person("张伟") == "zhang wei"
