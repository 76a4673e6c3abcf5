"""When something was published, as feeds write it. An article's own date counts, never a clock."""

from datetime import UTC, date, datetime
from email.utils import format_datetime

# What has no date stands last, and as long ago as no podcast is: a day that is always the same moves
# nothing in a client, as the day of the build would with every build.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def moment(published: str) -> datetime | None:
    """Return the moment that an ISO 8601 date or date-time means, in UTC where it names no zone; None if it is none.

    A day by itself begins at midnight: no episode of today is in the future.
    """
    try:
        if len(published) <= len("2026-11-22"):
            day = date.fromisoformat(published)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        found = datetime.fromisoformat(published)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # the first and the last day of all have no moment elsewhere
    except (OverflowError, ValueError):
        return None
    return found


def rfc_2822(found: datetime) -> str:
    """Return a moment as RSS writes it."""
    return format_datetime(found.replace(microsecond=0))
