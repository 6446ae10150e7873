"""The two date modes: as counted in a release, and as known on a day."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from stabilis.evidence.horizon import Horizon, Mode
from stabilis.warehouse.manifest import Manifest


def release(version: str, published: date | None) -> Manifest:
    return Manifest(
        id=f"toy-{version}-x",
        source="toy",
        release=version,
        title="",
        producer="",
        citation="",
        url="",
        licence="",
        may_ship=True,
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
        reader_version=1,
        stabilis_version="0",
        published_on=published,
    )


OLD, NEW = release("24.1", date(2024, 6, 30)), release("25.1", date(2025, 6, 30))
HELD = [NEW, OLD]


def test_counted_reads_the_newest_release_whatever_the_day() -> None:
    chosen, _why = Horizon(Mode.COUNTED, date(2012, 1, 31)).chosen(HELD)

    assert chosen == NEW


def test_known_reads_the_release_that_was_out_by_that_day() -> None:
    chosen, _why = Horizon(Mode.KNOWN, date(2024, 12, 31)).chosen(HELD)

    assert chosen == OLD


def test_known_before_the_first_release_holds_nothing_and_says_when_it_came_out() -> None:
    chosen, why = Horizon(Mode.KNOWN, date(2021, 8, 15)).chosen(HELD)

    assert (chosen, why) == (None, "the first release held here came out on 2024-06-30")


def test_known_never_reads_a_release_whose_day_is_unknown() -> None:
    chosen, why = Horizon(Mode.KNOWN, date(2030, 1, 1)).chosen([release("26", None)])

    assert (chosen, why) == (None, "no release held here has a known day of publication")


def test_a_pinned_snapshot_is_read_in_either_mode() -> None:
    for mode in Mode:
        chosen, _why = Horizon(mode, date(2026, 1, 1), {"toy": OLD.id}).chosen(HELD)

        assert chosen == OLD


def test_a_pinned_snapshot_that_is_not_held_is_not_replaced_by_another() -> None:
    chosen, why = Horizon(pinned={"toy": "toy-9-y"}).chosen(HELD)

    assert (chosen, why) == (None, "snapshot toy-9-y is not held here")


def test_nothing_held_says_so() -> None:
    assert Horizon().chosen([]) == (None, "nothing of this source has been loaded here")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_known_later_is_never_older_than_what_was_known_earlier(a: date, b: date) -> None:
    earlier, later = sorted((a, b))

    then, _ = Horizon(Mode.KNOWN, earlier).chosen(HELD)
    now, _ = Horizon(Mode.KNOWN, later).chosen(HELD)

    assert then is None or (now is not None and now.release >= then.release)
