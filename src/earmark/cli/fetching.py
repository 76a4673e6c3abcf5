"""What `earmark voices install` and `remove` do once their arguments are known."""

from contextlib import closing

from earmark.cli import exits
from earmark.cli.listing import piper_options, settings_here
from earmark.cli.telling import console
from earmark.engines.piper.engine import INSTALL, missing_packages, user_folder
from earmark.engines.piper.fetching import NAME, Service
from earmark.engines.piper.index import install as fetch
from earmark.engines.piper.index import remove as delete
from earmark.engines.piper.index import whole
from earmark.engines.piper.voices import CARD, SUFFIX, licence_of
from earmark.errors import EngineError, VoiceNotFound

_STEP = 10  # per cent: a line each


def install(name: str, *, offline: bool) -> int:
    """Fetch the voice into the user's folder, and tell of it by lines."""
    if offline and not whole(name, user_folder()):
        hint = f"Run it without --offline, or put {name}{SUFFIX} and {name}{SUFFIX}.json into {user_folder()}."
        raise EngineError("a voice can't be fetched offline", engine=NAME, hint=hint)
    service = Service(piper_options(settings_here()).index)
    with closing(service):
        model, fetched = fetch(name, user_folder(), service, _Progress().told)
    voice = model.name.removesuffix(SUFFIX)
    if not fetched:
        console.result(f"{voice} is installed already")
        return exits.OK
    console.result(f"{voice} is installed in {model.parent}")
    card = model.with_name(f"{voice}{CARD}")
    licence = licence_of(card.read_text("utf-8", "replace")) if card.is_file() else ""
    console.note(f"its licence: {licence or 'unknown; see where it is from before you publish'}")
    if missing_packages():
        console.note(f"piper itself is not installed yet: {INSTALL}")
    console.note(f'to use it, set in earmark.toml: [voice] engine = "{NAME}", name = "{voice}"')
    return exits.OK


def remove(name: str) -> int:
    """Delete the voice from the user's folder."""
    folder = user_folder()
    if not delete(name, folder):
        there = sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))
        raise VoiceNotFound(name, there, engine=NAME, message=f"the voice {name!r} is not in {folder}")
    console.result(f"{name} is removed from {folder}")
    return exits.OK


class _Progress:
    """Tells of a download as lines, one for each tenth, which a screen reader can follow."""

    def __init__(self) -> None:
        self._last = ("", 0)

    def told(self, file: str, here: int, whole: int) -> None:
        """Hear that `here` bytes of `file` are there, of `whole`."""
        done = here * 100 // whole // _STEP * _STEP
        if (file, done) != self._last and whole > 1_000_000:  # noqa: PLR2004 (smaller ones are there at once)
            console.note(f"{file}: {done} % of {whole / 1e6:.0f} MB")
        self._last = (file, done)
