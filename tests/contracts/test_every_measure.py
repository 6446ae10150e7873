"""Every file of analysis/measures keeps the register's promise: source, unit, worked answers."""

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from stabilis.analysis import measures as analysis_measures
from stabilis.analysis.answers import Answer, CannotJudge, Value
from stabilis.analysis.frames import FrameError
from stabilis.analysis.measures import Example, Measure, measures

EVERY = measures()
EXAMPLES = [
    pytest.param(measure, example, id=f"{name}: {case}")
    for name, measure in EVERY.items()
    for case, example in measure.examples.items()
]
FORMS_OF_SEEN_IN = re.compile(r"original|memory|secondary copy: \S.*")


def to_four_decimals(answer: Answer) -> Answer:
    if isinstance(answer, CannotJudge):
        return answer
    low, high = (None if bound is None else round(bound, 4) for bound in (answer.low, answer.high))
    return replace(answer, value=round(answer.value, 4), low=low, high=high)


def test_the_register_is_the_folder_when_files_are_added():
    folder = Path(analysis_measures.__path__[0])

    files = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")

    assert list(EVERY) == files


@pytest.mark.parametrize(("measure", "example"), EXAMPLES)
def test_an_example_holds_when_computed(measure: Measure, example: Example):
    rows = measure.rows_of(example)

    answer = to_four_decimals(measure.compute(rows))

    assert answer == example.answer


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_cites_its_formula_with_a_year_and_says_what_was_seen(name: str):
    sources = EVERY[name].source

    formula_year = re.search(r"\b(19|20)\d\d\b", sources[0].text)
    unclear = [cited for cited in sources if not FORMS_OF_SEEN_IN.fullmatch(cited.seen_in)]

    assert formula_year is not None
    assert unclear == []


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_has_an_example_of_each_kind_of_answer(name: str):
    answers = [example.answer for example in EVERY[name].examples.values()]

    kinds = {type(answer) for answer in answers}

    assert kinds == {Value, CannotJudge}


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_answers_in_the_unit_it_declares(name: str):
    answers = [example.answer for example in EVERY[name].examples.values()]

    units = {answer.unit for answer in answers if isinstance(answer, Value)}

    assert units == {EVERY[name].unit}
    assert EVERY[name].unit


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_explains_itself_to_a_reader(name: str):
    measure = EVERY[name]
    module = import_module(f"stabilis.analysis.measures.{name}")

    explained = [module.__doc__, measure.title, measure.formula, *measure.caveats]

    assert [text for text in explained if not (text or "").strip()] == []
    assert measure.caveats
    assert measure.version >= 1
    assert module.MEASURE is measure


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_describes_each_column_it_reads(name: str):
    reads = EVERY[name].reads

    unexplained = [column for column, facts in reads.columns.items() if not facts.meaning]

    assert unexplained == []
    assert [key for key in reads.key if key not in reads.columns] == []


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, measure in EVERY.items() for column in measure.reads.columns],
)
def test_a_measure_refuses_a_frame_when_a_column_is_missing(name: str, column: str):
    measure = EVERY[name]
    rows = measure.rows_of(next(iter(measure.examples.values()))).drop(column)

    with pytest.raises(FrameError, match=f"column {column} is missing"):
        measure.compute(rows)


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_refuses_a_frame_when_a_key_comes_twice(name: str):
    measure = EVERY[name]
    rows = measure.rows_of(next(iter(measure.examples.values())))

    with pytest.raises(FrameError, match="more than one row"):
        measure.compute(pl.concat([rows, rows]))


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_cannot_judge_when_there_are_no_rows(name: str):
    nothing = EVERY[name].reads.empty()

    answer = EVERY[name].compute(nothing)

    assert answer == CannotJudge("there are no rows to judge")


@pytest.mark.parametrize("name", EVERY)
def test_a_measure_gives_the_same_answer_when_the_rows_are_reversed(name: str):
    measure = EVERY[name]
    frames = [measure.rows_of(example) for example in measure.examples.values()]

    forward = [to_four_decimals(measure.compute(rows)) for rows in frames]
    backward = [to_four_decimals(measure.compute(rows.reverse())) for rows in frames]

    assert backward == forward
