"""An edition's parts: all that a writer may know, so that no two writers can disagree."""

from collections.abc import Mapping

from msgspec import Struct, field

from earmark.article import Article, Metadata
from earmark.narration.script import Script
from earmark.timeline import Timeline


class Loudness(Struct, frozen=True):
    """Of the finished MP3, as decoded: EBU R 128 integrated loudness and true peak."""

    integrated_lufs: float
    true_peak_dbtp: float


class VoiceUsed(Struct, frozen=True):
    """A voice that speaks in the edition."""

    engine: str
    name: str
    version: str
    language: str


class Cover(Struct, frozen=True):
    """The cover picture's bytes and its media type ("image/jpeg" or "image/png").

    `artwork` tells whether podcast directories take it.
    """

    data: bytes
    type: str
    name: str
    artwork: bool = False

    @property
    def published(self) -> str:
        """The name of its file in the edition's folder."""
        return "cover.jpg" if self.type == "image/jpeg" else "cover.png"


class Picture(Struct, frozen=True, kw_only=True):
    """A picture of the article, published with it as `name`; `source` is its address as the article gives it.

    `type` is the media type. `width` and `height` are in pixels, 0 where they are not known.
    """

    source: str
    name: str
    type: str
    data: bytes
    width: int = 0
    height: int = 0


class Recording(Struct, frozen=True, kw_only=True):
    """A person's recording that is heard, `seconds` of it; `path` is relative to the articles folder.

    `times` tells how the places of its sentences were found: "aligned", or "estimated".
    """

    path: str
    sha256: str
    seconds: float
    times: str


class House(Struct, frozen=True, kw_only=True):
    """How the publisher dresses pages.

    `address` is where the folder of editions is found on the web, with "/" at its end; `feed` the feed that
    pages link to; each is "" if there is none. `templates` are the publisher's own, by name. `page` tells
    whether there are pages at all.
    """

    address: str = ""
    feed: str = ""
    page: bool = True
    templates: Mapping[str, str] = field(default_factory=dict)


class Edition(Struct, frozen=True, kw_only=True):
    """One article's audio edition, before it is written.

    `metadata` is resolved: title, language and slug are never empty. `source` is the article's path
    relative to the articles folder, with "/"; `former` is the path that it had when it was published first, ""
    if it was never moved. `inputs` holds a sha256 for each thing that the bytes
    depend on, by name. `pictures` are those of the article that lie in the articles folder, each once;
    `depends` are the paths there of cover and pictures, whether there is anything or not.
    `publication` is the site's title, "" if it has none; `house` is how its pages are dressed. `vocabulary` and `languages`
    are those of every text that was looked up in the lexicon. `loudness` is None until the sound is finished: what
    is only text is written meanwhile.
    """

    id: str
    guid: str
    metadata: Metadata
    source: str
    inputs: Mapping[str, str]
    article: Article
    script: Script
    timeline: Timeline
    voices: tuple[VoiceUsed, ...]
    loudness: Loudness | None = None
    cover: Cover | None = None
    pictures: tuple[Picture, ...] = ()
    depends: tuple[str, ...] = ()
    publication: str = ""
    house: House = field(default_factory=House)
    vocabulary: bytes = b""
    languages: tuple[str, ...] = ()
    former: str = ""
    recordings: tuple[Recording, ...] = ()
