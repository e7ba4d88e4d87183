"""Which country a time zone lies in, and which days are worked there."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from analyzer.errors import UsageError

NO_COUNTRY = "none"
"""``--country none``: know no public holidays."""

# Names without a place in them, as people in these countries still use them.
_BARE_ZONES = {
    "EST": "US", "EST5EDT": "US", "CST6CDT": "US", "MST": "US", "MST7MDT": "US",
    "PST8PDT": "US", "HST": "US", "GB": "GB", "NZ": "NZ", "Eire": "IE", "PRC": "CN", "ROK": "KR",
}  # fmt: skip
_LINK_FIELDS = 3


def country_of(time_zone: str) -> str | None:
    """ISO code of the country of an IANA time zone; None for UTC and its like."""
    if time_zone in _BARE_ZONES:
        return _BARE_ZONES[time_zone]
    places, links = _zone_table()
    return places.get(time_zone) or places.get(links.get(time_zone, ""))


@lru_cache(maxsize=1)
def _zone_table() -> tuple[dict[str, str], dict[str, str]]:
    """Zone → country, and alias → zone, from the time zone database itself."""
    folder = resources.files("tzdata") / "zoneinfo"
    places = {}
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            places[zone] = country
    links = {}
    for line in (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) == _LINK_FIELDS and parts[0] == "L" and "/" in parts[2]:
            links[parts[2]] = parts[1]
    return places, links


def zone(name: str | None) -> ZoneInfo | None:
    """The time zone of that name, or None where none is given."""
    return ZoneInfo(name) if name else None


class WorkDays:
    """The working days of a country; Monday to Friday where none is known.

    Args:
        country: ISO code, or None to know no holidays.

    Raises:
        UsageError: no calendar of that country is known.
    """

    def __init__(self, country: str | None) -> None:
        self.country = country
        self._calendar: Any = None
        if country is not None:
            import holidays

            try:
                self._calendar = holidays.country_holidays(country, language="en_US")
            except NotImplementedError as error:
                raise UsageError(
                    f"No public holidays are known for the country {country!r}.",
                    next_step="Give a two-letter code such as US, GB or IN, or --country none.",
                ) from error

    def holiday(self, day: date) -> str | None:
        """Name of the public holiday on this day, or None."""
        return self._calendar.get(day) if self._calendar is not None else None

    def is_worked(self, day: date) -> bool:
        """Whether offices are open: no weekend of the country, no public holiday."""
        weekend = getattr(self._calendar, "weekend", None) or {5, 6}
        return day.weekday() not in weekend and self.holiday(day) is None

    def next_after(self, day: date) -> date:
        """The first working day after this one."""
        return self.on_or_after(day + timedelta(days=1))

    def on_or_after(self, day: date) -> date:
        """This day if it is worked, else the first working day after it."""
        while not self.is_worked(day):
            day += timedelta(days=1)
        return day


def work_days(manager_zone: str | None, country: str | None = None) -> WorkDays:
    """Working days where the manager is.

    Args:
        manager_zone: the manager's time zone.
        country: overrides the country of the time zone; ``none`` knows no holidays.

    Raises:
        UsageError: ``country`` is given and no calendar of it is known.
    """
    if country is not None:
        return WorkDays(None if country.lower() == NO_COUNTRY else country.upper())
    found = country_of(manager_zone) if manager_zone else None
    try:
        return WorkDays(found)
    except UsageError:
        return WorkDays(None)
