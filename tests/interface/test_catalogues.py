"""The French and Arabic texts: complete, with every placeholder, as the code asks for them."""

import re
from collections.abc import Iterator
from gettext import c2py
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import stabilis

PACKAGE = Path(stabilis.__file__).parent
LOCALE = PACKAGE / "interface" / "locale"
KEYWORDS = {"_": None, "gettext": None, "ngettext": None}
LANGUAGES = pytest.mark.parametrize("language", ["fr", "ar"])


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def texts(given: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ("",))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


def numbers_of(form: int, catalog: Catalog) -> list[int]:
    plural = c2py(catalog.plural_expr)
    return [number for number in range(200) if plural(number) == form]


def loses_a_placeholder(message: Message, form: int, text: str, catalog: Catalog) -> bool:
    """Tell whether a translation drops or adds one; a form for one number may write it in words."""
    wanted, found = placeholders(texts(message.id)[-1]), placeholders(text)
    is_one_number = message.pluralizable and len(numbers_of(form, catalog)) == 1
    return not found <= wanted or len(wanted - found) > is_one_number


def translations(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {texts(message.id): texts(message.string) for message in catalog if message.id}


def asked_in_code() -> Iterator[tuple[str, ...]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from asked(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.html")):
        lines = templatize(path.read_text(encoding="utf-8")).splitlines()
        yield from asked("\n".join(line.strip() for line in lines))


def asked(code: str) -> Iterator[tuple[str, ...]]:
    for _line, name, given, _comments in extract_python(BytesIO(code.encode()), KEYWORDS, (), {}):
        literals = tuple(text for text in texts(given) if isinstance(text, str))
        yield literals[:2] if name == "ngettext" else literals[:1]


@LANGUAGES
def test_catalogue_holds_every_text_of_the_code_and_no_other(language: str) -> None:
    wanted = {text for text in asked_in_code() if text}

    held = {texts(message.id) for message in messages(language)}

    assert (wanted - held, held - wanted) == (set(), set())


@LANGUAGES
def test_catalogue_leaves_nothing_untranslated(language: str) -> None:
    catalog = catalogue(language)

    empty = [
        message.id
        for message in messages(language)
        if not all(texts(message.string))
        or len(texts(message.string)) != (catalog.num_plurals if message.pluralizable else 1)
    ]

    assert empty == []


@LANGUAGES
def test_catalogue_leaves_nothing_fuzzy(language: str) -> None:
    fuzzy = [message.id for message in messages(language) if message.fuzzy]

    assert fuzzy == []


@LANGUAGES
def test_translation_keeps_every_placeholder(language: str) -> None:
    catalog = catalogue(language)

    wrong = [
        (message.id, text)
        for message in messages(language)
        for form, text in enumerate(texts(message.string))
        if loses_a_placeholder(message, form, text, catalog)
    ]

    assert wrong == []


@LANGUAGES
def test_compiled_catalogue_equals_its_source(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        shipped = translations(read_mo(file))

    assert shipped == translations(catalogue(language))


def test_french_sets_a_narrow_space_before_high_punctuation() -> None:
    found = [text for each in messages("fr") for text in texts(each.string)]

    assert [text for text in found if re.search(r" [:;?!»]|« |\d %|\w'\w", text)] == []


@pytest.mark.parametrize(
    ("language", "form", "numbers"),
    [
        ("fr", 0, [0, 1]),
        ("ar", 0, [0]),
        ("ar", 1, [1]),
        ("ar", 2, [2]),
        ("ar", 3, [*range(3, 11), *range(103, 111)]),
    ],
)
def test_plural_forms_are_those_of_the_language(
    language: str, form: int, numbers: list[int]
) -> None:
    assert numbers_of(form, catalogue(language)) == numbers
