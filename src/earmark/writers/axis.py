"""Samples to published time: one rounding for every format, so that no two of them can disagree.

Always from the absolute position: adding up rounded pieces would drift, and captions would end up
seconds away from the voice.
"""


def milliseconds(samples: int, sample_rate: int) -> int:
    """Return the position in whole milliseconds, halves up; exact for any length."""
    return (2000 * samples + sample_rate) // (2 * sample_rate)


def seconds(samples: int, sample_rate: int) -> float:
    """Return the position in seconds, rounded to whole milliseconds as everywhere else."""
    return (2000 * samples + sample_rate) // (2 * sample_rate) / 1000  # `milliseconds`, without a call for every word


def stretch(start: int, end: int, sample_rate: int) -> tuple[int, int]:
    """Return start and end in milliseconds, the end at least one after the start, as captions demand."""
    first = milliseconds(start, sample_rate)
    return first, max(milliseconds(end, sample_rate), first + 1)


def stamp(ms: int, decimal: str) -> str:
    """Return "HH:MM:SS.mmm" with the format's own decimal sign."""
    rest, thousandths = divmod(ms, 1000)
    minutes, second = divmod(rest, 60)
    return "%02d:%02d:%02d%s%03d" % (minutes // 60, minutes % 60, second, decimal, thousandths)  # noqa: UP031 (half the time, and every word has a stamp)
