"""When jobs are due: by the clock on the wall, through both changes of it, never skipped and never twice."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.schedule import Job, latest_due, next_due, occurrences

ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Damascus",
    "Asia/Kathmandu",
    "Asia/Beirut",  # the clock jumps over midnight
    "Africa/Cairo",
    "America/Santiago",  # and back at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # left a whole day out in 2011
    "Africa/Casablanca",
)


def job(cron: str, zone: str = "UTC") -> Job:
    return Job("digest", "morning", cron, zone)


def moment(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local(cron: str, zone: str, after: str, count: int = 3) -> list[str]:
    found = islice(occurrences(job(cron, zone), moment(after, zone)), count)
    return [f"{one.astimezone(ZoneInfo(zone)):%m-%d %H:%M %z}" for one in found]


def test_a_time_that_spring_jumps_over_is_due_at_the_jump() -> None:
    found = local("30 2 * * *", "Europe/Berlin", "2031-03-29T12:00")
    assert found == ["03-30 03:00 +0200", "03-31 02:30 +0200", "04-01 02:30 +0200"]


def test_a_time_that_autumn_repeats_is_due_when_it_comes_first() -> None:
    found = local("30 1 * * *", "Europe/London", "2031-10-25T12:00")
    assert found == ["10-26 01:30 +0100", "10-27 01:30 +0000", "10-28 01:30 +0000"]


def test_all_times_in_the_gap_are_due_at_one_moment() -> None:
    found = local("0,15,30,45 2,3 * * *", "Europe/Berlin", "2031-03-30T00:00", 4)
    assert found == ["03-30 03:00 +0200", "03-30 03:15 +0200", "03-30 03:30 +0200", "03-30 03:45 +0200"]


def test_every_hour_means_the_hours_that_pass() -> None:
    assert local("30 * * * *", "Europe/Berlin", "2031-03-30T01:00", 2) == ["03-30 01:30 +0100", "03-30 03:30 +0200"]
    autumn = local("30 * * * *", "Europe/Berlin", "2031-10-26T02:00", 3)
    assert autumn == ["10-26 02:30 +0200", "10-26 02:30 +0100", "10-26 03:30 +0100"]


def test_half_an_hour_that_comes_twice_is_two_half_hours() -> None:
    found = local("30 * * * *", "Australia/Lord_Howe", "2024-04-07T01:00", 3)
    assert found == ["04-07 01:30 +1100", "04-07 01:30 +1030", "04-07 02:30 +1030"]


def test_midnight_that_is_jumped_over_is_due_at_one() -> None:
    assert local("0 0 * * *", "Asia/Beirut", "2031-03-29T12:00", 2) == ["03-30 01:00 +0300", "03-31 00:00 +0300"]


def test_a_day_that_never_was_is_made_up_for_once() -> None:
    found = local("0 6 * * *", "Pacific/Apia", "2011-12-29T12:00", 3)
    assert found == ["12-31 00:00 +1400", "12-31 06:00 +1400", "01-01 06:00 +1400"]


def test_what_is_due_at_the_moment_asked_from_is_not_due_again() -> None:
    six = moment("2031-04-14T06:00")
    assert next_due(job("0 6 * * *"), six) == six + timedelta(days=1)
    assert latest_due(job("0 6 * * *"), six, six) is None
    assert latest_due(job("0 6 * * *"), six - timedelta(minutes=1), six) == six


def test_the_latest_of_a_busy_line_is_found_at_once_after_years() -> None:
    now = moment("2031-04-14T06:00") + timedelta(seconds=30)
    assert latest_due(job("* * * * *"), now - timedelta(days=4000), now) == now - timedelta(seconds=30)
    assert latest_due(job("0 6 29 2 *"), now - timedelta(days=4000), now) == moment("2028-02-29T06:00")


FIELD = {
    "minute": st.sampled_from(["0", "30", "59", "*/20", "*", "15,45", "1-3"]),
    "hour": st.sampled_from(["*", "0", "1", "2", "3", "23", "1,2", "0-3", "*/2", "*/5"]),
    "day": st.sampled_from(["*", "*", "*", "1", "L", "28-31", "*/2"]),
    "month": st.sampled_from(["*", "*", "3", "10-11", "JAN-JUN"]),
    "weekday": st.sampled_from(["*", "*", "SUN", "1-5", "0#1", "5L", "*/2"]),
}
CRON = st.builds(lambda **fields: " ".join(fields.values()), **FIELD)
STARTS = st.datetimes(datetime(2008, 1, 1), datetime(2036, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
SEASONS = st.sampled_from(  # days about which clocks change
    ["2011-12-29", "2024-03-30", "2024-10-26", "2025-03-08", "2025-11-01", "2024-04-06", "2024-10-05", "2024-09-07"]
).map(lambda day: datetime.fromisoformat(day).replace(tzinfo=UTC))


def oracle(cron: str, zone: str, start: datetime, end: datetime) -> list[datetime]:
    """The same by brute force: each minute that passes, and each that the wall's clock leaves out."""
    from cronsim import CronSim

    rule = CronSim(cron, datetime(2000, 1, 1))

    def matches(wall: datetime) -> bool:
        return (
            wall.minute in rule.minutes
            and wall.hour in rule.hours
            and wall.month in rule.months
            and rule.match_day(wall.date())
        )

    place, found, by_hours = ZoneInfo(zone), [], cron.split()[1] == "*"
    seen: set[datetime] = set()
    now = (start - timedelta(days=2)).replace(second=0, microsecond=0)
    last = now.astimezone(place).replace(tzinfo=None) - timedelta(minutes=1)
    while now <= end:
        wall = now.astimezone(place).replace(tzinfo=None)
        left_out, missing = [], last + timedelta(minutes=1)
        while missing < wall and not by_hours:
            left_out.append(missing)
            missing += timedelta(minutes=1)
        fresh = by_hours or wall not in seen
        if (fresh and matches(wall)) or any(one not in seen and matches(one) for one in left_out):
            found.append(now)
        seen.update([wall, *left_out])
        last, now = wall, now + timedelta(minutes=1)
    return [one for one in found if start < one <= end]


@given(cron=CRON, zone=st.sampled_from(ZONES), start=st.one_of(STARTS, SEASONS))
@example(cron="30 * * * *", zone="Australia/Lord_Howe", start=datetime(2024, 4, 6, tzinfo=UTC))
def test_due_times_are_those_that_counting_each_minute_gives(cron: str, zone: str, start: datetime) -> None:
    end = start + timedelta(days=3)
    found = list(takewhile(lambda one: one <= end, occurrences(job(cron, zone), start)))
    assert found == oracle(cron, zone, start, end)


@given(cron=CRON, zone=st.sampled_from(ZONES), start=st.one_of(STARTS, SEASONS), data=st.data())
def test_looking_at_any_moments_finds_each_due_time_once(
    cron: str, zone: str, start: datetime, data: st.DataObject
) -> None:
    """Whenever the loop looks, the latest due time of each stretch is that of the list, and none is given twice."""
    end = start + timedelta(days=3)
    hours = data.draw(st.lists(st.floats(0, 72), max_size=8))
    looks = sorted([start, end, *(start + timedelta(hours=one) for one in hours)])
    everything = list(takewhile(lambda one: one <= end, occurrences(job(cron, zone), start)))
    for before, after in pairwise(looks):
        within = [one for one in everything if before < one <= after]
        assert latest_due(job(cron, zone), before, after) == (within[-1] if within else None)
        coming = next_due(job(cron, zone), before)
        assert coming == within[0] if within else coming is None or coming > after


@pytest.mark.parametrize("cron", ["0 6 * * *", "0 */6 * * *", "30 2 * * *"])
@pytest.mark.parametrize("zone", ZONES)
def test_a_year_has_each_of_its_due_times(cron: str, zone: str) -> None:
    start = moment("2031-01-01T00:00", zone) - timedelta(seconds=1)
    year = list(takewhile(lambda one: one < moment("2032-01-01T00:00", zone), occurrences(job(cron, zone), start)))
    assert len(year) == 365 * (4 if "/" in cron else 1)
