"""Pictures by their alternative text, and what is played from elsewhere by its title."""

import re
from urllib.parse import urlsplit

from earmark.article import Embed, Figure, Inline
from earmark.narration.assembly import Lead
from earmark.narration.desk import Desk, Scope
from earmark.narration.furniture import credit
from earmark.narration.prose import report_missing_alt, tell
from earmark.narration.script import Pause
from earmark.spoken.file_names import is_file_name

_WORD = re.compile(r"\w+")
_VIDEO_HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "dailymotion.com", "tiktok.com")
_AUDIO_HOSTS = ("soundcloud.com", "spotify.com", "podcasts.apple.com", "bandcamp.com", "mixcloud.com")
_VIDEO_FILES = (".mp4", ".webm", ".mov", ".m4v", ".ogv")
_AUDIO_FILES = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac")


def words_of(text: str) -> str:
    """Return the words of a text, without case and punctuation, each between spaces: to compare by."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def tell_figure(desk: Desk, block: Figure, scope: Scope) -> None:
    """Say "Image:", the alternative text, and the caption if it adds anything; a file's name is no description."""
    names_file = block.alt is not None and is_file_name(block.alt.strip())
    if block.alt is None:
        report_missing_alt(desk, block, block.source)
    alt, caption = (
        words_of("" if names_file else block.alt or ""),
        words_of(block.caption.text if block.caption else ""),
    )
    lead = desk.assembly.lead(Lead((*desk.phrase("image", block.id), Pause(desk.pauses.clause)), block.id))
    if block.alt and names_file:
        desk.assembly.omit_field(block.id, "alt", Inline(block.alt), "file-name")
    elif block.alt:
        if alt.strip() and alt != caption and alt in caption:
            desk.assembly.omit_field(block.id, "alt", Inline(block.alt), "same-as-caption")
        else:
            tell(desk, block, "alt", Inline(block.alt), scope)
    if block.caption:
        if caption.strip() and caption in alt:
            desk.assembly.omit_field(block.id, "caption", block.caption, "same-as-alt")
        else:
            skip = credit if desk.narration.furniture == "skip" else None
            tell(desk, block, "caption", block.caption, scope, skip=skip)
    desk.assembly.drop_lead(lead)


def tell_embed(desk: Desk, block: Embed, scope: Scope) -> None:
    """Say what kind of thing it is, and its title."""
    label = _label(block.source)
    lead = desk.assembly.lead(Lead((*desk.phrase(label, block.id), Pause(desk.pauses.clause)), block.id))
    if block.title:
        tell(desk, block, "title", Inline(block.title), scope)
    desk.assembly.drop_lead(lead)


def _label(source: str) -> str:
    """Return the phrase for what an address holds."""
    try:
        address = urlsplit(source)
        host, path = (address.hostname or "").lower(), address.path.lower()
    except ValueError:
        return "embed"
    if path.endswith(_VIDEO_FILES) or any(host == h or host.endswith(f".{h}") for h in _VIDEO_HOSTS):
        return "video"
    if path.endswith(_AUDIO_FILES) or any(host == h or host.endswith(f".{h}") for h in _AUDIO_HOSTS):
        return "audio"
    return "embed"
