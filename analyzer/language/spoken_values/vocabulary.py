"""Words that more than one reader of spoken values knows, and how readers look ahead.

Readers are functions of (words, index). The words have no hesitations and end in
``PADDING`` empty strings, so that looking a few words ahead needs no bounds check.
"""

from __future__ import annotations

PADDING = 12
"""Empty strings after the last word; no reader looks further ahead than this."""

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november "
        "december".split(),
        start=1,
    )
} | {"jan": 1, "feb": 2, "apr": 4, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES)} | {
    name.lower() + "'s": number for number, name in enumerate(WEEKDAY_NAMES)
}
DAY_PARTS = frozenset({"morning", "afternoon", "evening", "night", "lunchtime"})

FUNCTION_WORDS = frozenset(
    "a about after again also am an and any anytime are around as at because before but by can "
    "could did do does each either every everyday except for from had has have he hello hi hope "
    "how i i'd i'll i'm i've if in is it it's its just let may maybe monday most my no not now "
    "on or our over please she since so some sorry than thank thanks that that's the their then "
    "there there's these they this though through till to today tomorrow too until was we we'd "
    "we're we've were what when where which while who will with would yes you you're your "
    "tuesday wednesday thursday friday saturday sunday weekdays weekday weekends daily usually "
    "works onwards onward wait actually rather bye goodbye okay ok best always either "
    "tonight yesterday last next sharp half".split()
)
"""Words that can follow a bare "on the second" or "after three", where a noun ("floor",
"weeks") would make it something else than a date or a time."""
