"""Calendar periods in the project's time zone (vars time_zone, week_start)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from oracle.records import EPOCH

DAYS_IN_PERIOD = {"day": 1, "week": 7, "month": 30}


@cache
def local_date(at: int, time_zone: str = "UTC") -> date:
    """The day of a moment in the project's time zone."""
    moment = EPOCH + timedelta(microseconds=at)
    return moment.astimezone(ZoneInfo(time_zone)).date()


@cache
def period_start(
    at: int, period: str, time_zone: str = "UTC", week_start: str = "monday"
) -> date:
    """The first day of the day, week or month in which a moment lies."""
    day = local_date(at, time_zone)
    if period == "day":
        return day
    if period == "week":
        days_into_week = (
            day.weekday() if week_start == "monday" else day.isoweekday() % 7
        )
        return day - timedelta(days=days_into_week)
    if period == "month":
        return day.replace(day=1)
    raise ValueError(f"a period is a day, week or month, not {period}")


def add_periods(start: date, period: str, count: int) -> date:
    """The first day of the period `count` periods later."""
    if period == "month":
        months = start.year * 12 + start.month - 1 + count
        return date(months // 12, months % 12 + 1, 1)
    return start + timedelta(days=count * DAYS_IN_PERIOD[period])


def periods_between(start: date, later: date, period: str) -> int:
    """How many periods one period's start lies after another's."""
    if period == "month":
        return (later.year - start.year) * 12 + later.month - start.month
    return (later - start).days // DAYS_IN_PERIOD[period]


def moment_of(day: date, time_zone: str = "UTC") -> int:
    """When a day begins, in microseconds of UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone))
    return (midnight - EPOCH) // timedelta(microseconds=1)
