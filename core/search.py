"""Search in Chinese names, their pinyin initials and phone numbers, by pairs of characters.

A searchable model has ``search_text``, filled by its actions (in bulk too), and two indexes:

    class Customer(Searchable, Owned):
        class Meta:
            indexes = [*search_indexes("customer")]

    search_text(name, number, phones=[phone])
    matching(Customer.objects.visible_to(user), "张伟")

A pair of characters is the shortest thing an index can find: 张伟 has no trigram, so pg_trgm would read it all.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left
from pypinyin import Style, lazy_pinyin

from core.surnames import SURNAMES

PART, PHONE = "\x1f", "\x1e"
PREFIX_LENGTH = 8
LONGEST_QUERY, MOST_WORDS = 60, 6
MOST_RANKED, NEWEST_RANKED = 1_000, 100
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_UNWANTED = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_IN_PHONE = re.compile(r"[^0-9]")


class Bigrams(Func):
    """All pairs of neighbouring characters, as the GIN index holds them (migration 0001_bigrams)."""

    function = "hafei_bigrams"
    output_field = ArrayField(TextField())


class Searchable(models.Model):
    search_text = models.TextField(editable=False, default="")

    class Meta:
        abstract = True


def search_indexes(model_name: str) -> list[models.Index]:
    """The pairs for words of two and more characters, the beginning for a single one."""
    start = OpClass(Left("search_text", PREFIX_LENGTH), "text_pattern_ops")
    return [
        GinIndex(Bigrams("search_text"), name=f"{model_name}_search_pairs"),
        models.Index(start, name=f"{model_name}_search_start"),
    ]


def search_text(*texts: str, phones: Iterable[str] = ()) -> str:
    """What is searched: the texts, the pinyin initials of the Chinese ones, the digits of the phones.

    The text people look for first (the name) comes first: hits at the beginning rank highest.
    """
    parts = [normal(text) for text in texts if text]
    initials = [spelling for text in texts if text for spelling in pinyin_initials(text)]
    numbers = [_NOT_IN_PHONE.sub("", normal(phone)) for phone in phones if phone]
    words = [part + PART for part in dict.fromkeys([*parts, *initials])]
    return "".join([*words, *(PHONE + number for number in numbers if number)])


def matching(queryset: QuerySet, query: str, *, phone_parts: bool = False, by_pairs: bool = True) -> QuerySet:
    """Rows that hold every word of the query; ``by_pairs`` finds rare ones by the index.

    A phone is found by the whole number or its last four digits; by any part only with ``phone_parts``, for readers
    who may see phones in full: to others the search would give away the masked digits one by one.
    """
    words = normal(query)[:LONGEST_QUERY].split()[:MOST_WORDS]
    if not words:
        return queryset
    if len(words) == 1 and len(words[0]) == 1:
        return _starting_like(queryset, words[0])
    if by_pairs:
        queryset = queryset.alias(search_pairs=Bigrams("search_text"))
    if not phone_parts and any(map(_may_be_phone, words)):
        queryset = queryset.alias(search_open=_without_phones())
    for word in words:
        queryset = queryset.filter(_holds(word, phone_parts=phone_parts))
        if by_pairs and len(word) > 1:
            queryset = queryset.filter(search_pairs__contains=Bigrams(Value(word)))
    return queryset


def hidden_from_all(model: type[models.Model]) -> bool:
    """Whether nobody sees the phones of these rows, nor has them shown: they would be taken without claiming."""
    return getattr(model, "hides_phones", False)


def reads_phones(model: type[models.Model], user) -> bool:
    """Whether the user sees the phones of these rows in full; of some (``hides_phones``) nobody does."""
    return user.has_perm("core.see_phones") and not hidden_from_all(model)


def most_relevant(queryset: QuerySet, query: str, *, count: int, phone_parts: bool = False) -> list[models.Model]:
    """The whole name first, then whole initials, then what begins with the query, newest first among equals.

    Where very many rows match, of the whole name and the newest ones alone.
    """
    word = normal(query)[:LONGEST_QUERY]
    hits = _hits(matching(queryset, query, phone_parts=phone_parts).order_by(), MOST_RANKED + 1)
    if len(hits) > MOST_RANKED:
        whole_names = _starting_like(queryset, word + PART).filter(search_text__startswith=word + PART)
        along_the_order = matching(queryset, query, phone_parts=phone_parts, by_pairs=False).order_by("-pk")
        hits = {**_hits(whole_names.order_by(), NEWEST_RANKED), **_hits(along_the_order, NEWEST_RANKED)}
    best = sorted(hits, key=lambda key: (_rank(hits[key], word), -key))[:count]
    rows = queryset.in_bulk(best) if best else {}
    return [rows[key] for key in best if key in rows]


def normal(text: str) -> str:
    """Full-width letters and digits made narrow, lower case, no control characters."""
    return _UNWANTED.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def pinyin(text: str) -> str:
    """The common reading, for sorting: 重庆路宝 -> chong qing lu bao."""
    return " ".join(lazy_pinyin(normal(text), errors=_kept)).replace("  ", " ").strip()


def pinyin_of_person(name: str) -> str:
    """The reading with the surname read as a surname: 曾国藩 -> zeng guo fan."""
    surname = SURNAMES.get(name[:1])
    return f"{surname} {pinyin(name[1:])}".strip() if surname else pinyin(name)


@lru_cache(maxsize=4096)  # cities, units and series come again and again when files are loaded
def pinyin_initials(text: str) -> tuple[str, ...]:
    """zw for 张伟; both spellings where the first character has another reading as a surname (曾国藩: cgf, zgf)."""
    if not _HANZI.search(text):
        return ()
    spelled = lazy_pinyin(normal(text), style=Style.FIRST_LETTER, errors=_letters)
    common = "".join(spelled)
    surname = SURNAMES.get(text.strip()[:1])
    return tuple(dict.fromkeys([common, surname[0] + common[1:]])) if surname else (common,)


def _starting_like(queryset: QuerySet, text: str) -> QuerySet:
    """By the index, which holds the first letters alone."""
    start = queryset.alias(search_start=Left("search_text", PREFIX_LENGTH))
    return start.filter(search_start__startswith=text[:PREFIX_LENGTH])


def _hits(queryset: QuerySet, most: int) -> dict[int, str]:
    """What is searched of so many rows, by key: ranking them here costs less than in the database."""
    return dict(queryset.values_list("pk", "search_text")[:most])


def _rank(text: str, word: str) -> int:
    if text.startswith(word + PART):
        return 0
    if PART + word + PART in text:
        return 1
    return 2 if text.startswith(word) else 3


def _kept(chunk: str) -> list[str]:
    return [chunk.strip()]


def _letters(chunk: str) -> list[str]:
    return ["".join(letter for letter in chunk if letter.isalnum())]


def _without_phones() -> Func:
    return Func(
        F("search_text"),
        Value(f"{PHONE}[0-9]*"),
        Value(PHONE),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


def _holds(word: str, *, phone_parts: bool) -> Q:
    """LIKE makes sure that the pairs stand in this order.

    Only a word of digits can lie in a phone, and cutting the phones out of every row found takes its time.
    """
    if phone_parts or not _may_be_phone(word):
        return Q(search_text__contains=word)
    found = Q(search_open__contains=word)
    if len(word) >= 7:
        found |= Q(search_text__regex=f"{PHONE}{word}({PHONE}|$)")
    elif len(word) == 4:
        found |= Q(search_text__regex=f"{word}({PHONE}|$)")
    return found


def _may_be_phone(word: str) -> bool:
    return not _NOT_IN_PHONE.search(word)
