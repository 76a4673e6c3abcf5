"""What `earmark build --preview` does: an MP3 of what an edit has changed, and what is to be heard in it."""

from earmark.cli import exits
from earmark.cli.building import Asked, interruptible, plan_of
from earmark.cli.telling import console
from earmark.library.preview import Previewed, preview

_SHOWN = 20  # sentences of one article that are printed


def run(asked: Asked) -> int:
    """Make the previews, on this machine, tell of each, and return the exit code."""
    plan = plan_of(asked)
    codes: list[int] = []
    made = 0
    with interruptible() as stop:
        for one in preview(plan, stop):
            made += one.path is not None
            if one.error is not None:
                console.complain(one.error)
                codes.append(exits.code_of(one.error))
            else:
                _tell(one)
        if stop.is_set():
            codes.append(exits.INTERRUPTED)
    codes += [exits.code_of(error) for error in plan.folder.refused]
    for error in plan.folder.refused:
        console.complain(error)
    console.result(f"{_count(made, 'preview')}, nothing published")
    return exits.combined(codes)


def _tell(one: Previewed) -> None:
    if one.skipped:
        console.result(f"skipped {one.name}: {one.skipped}")
        return
    if one.path is None:
        words = f"{_count(len(one.gone), 'sentence')} no more said, nothing new to hear" if one.gone else "same words"
        console.result(f"{one.name}: {words}")
        return
    new = "" if one.published else ", all of it: there is no edition yet"
    console.result(
        f"{one.path}: {_count(len(one.changed), 'sentence')} of {one.name}, {console.clock(one.seconds)}{new}"
    )
    for text in one.changed[:_SHOWN]:
        console.result(f"  {text}")
    if len(one.changed) > _SHOWN:
        console.result(f"  and {len(one.changed) - _SHOWN} more")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
