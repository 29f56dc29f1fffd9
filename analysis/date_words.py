"""Words of dates that both finding and resolving them need."""

from .number_words import WORDS

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january february march april may june july august september october november december"
).split()
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}  # first months

YEAR = r"(?:1[5-9]\d\d|20\d\d)"
SPAN = "(?:hour|day|week|month|year|decade)"
COUNT = rf"(?:\d+|{WORDS}|an?|a few|several|a couple(?: of)?|many|two dozen)"
