"""Dates, times, phone numbers, e-mail addresses and numbers in spoken words.

Everything here reads the spoken form (lower case, numbers as words, no punctuation) and
keeps the place of the words: ``find_values("on the third of march".split())`` gives one
DATE over words 1 to 5.
"""

from analyzer.language.spoken_values.finder import find_values
from analyzer.language.spoken_values.found import Found, Kind, Value
from analyzer.language.spoken_values.spoken_date import SpokenDate
from analyzer.language.spoken_values.spoken_time import SpokenTime

__all__ = ["Found", "Kind", "SpokenDate", "SpokenTime", "Value", "find_values"]
