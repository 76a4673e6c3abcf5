"""Months and weekdays of English, in full and as printed short."""

from earmark.spoken.locales import words
from earmark.spoken.locales.months import MONTHS as ALL

MONTHS = ALL["en"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTH = {name.lower(): name for name in MONTHS} | {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "sept": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
WEEKDAY = {name.lower(): name for name in WEEKDAYS} | {
    "mon": "Monday",
    "tue": "Tuesday",
    "tues": "Tuesday",
    "wed": "Wednesday",
    "weds": "Wednesday",
    "thu": "Thursday",
    "thur": "Thursday",
    "thurs": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
# Short forms that are no other word or name, so that they need no number beside them.
UNMISTAKABLE = words("feb apr aug sept oct nov tue tues thu thur thurs weds")
