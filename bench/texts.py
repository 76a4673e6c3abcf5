"""Articles to time: plausible news prose, different for each seed, the same on every machine."""

from random import Random

_PEOPLE = (
    "the harbour master",
    "Anna Keller",
    "a spokesman for the council",
    "her brother",
    "the night nurse",
    "Mr Okafor",
)
_DID = ("described", "remembered", "questioned", "had never seen", "was asked to explain", "wrote down", "photographed")
_WHAT = (
    "the old lighthouse",
    "a letter from 1937",
    "the new timetable",
    "two broken windows",
    "the village school",
    "every boat",
)
_WHERE = (
    "near the station",
    "on the road to Whitby",
    "behind the market",
    "in the reading room",
    "at the edge of the marsh",
)
_WHEN = ("last winter", "before breakfast", "in the spring of 2019", "on Tuesday morning", "for almost forty years")
_WHY = ("because nobody else had time", "although the rain had not stopped", "so that the children would know")
_SAID = (
    "It was colder than anyone expected",
    "We counted them twice",
    "Nothing was ever proved",
    "The bill came to £1,250",
)


def sentence(random: Random) -> str:
    """Return one sentence of nine to thirty words."""
    who, did, what = random.choice(_PEOPLE), random.choice(_DID), random.choice(_WHAT)
    text = f"{who[:1].upper()}{who[1:]} {did} {what} {random.choice(_WHERE)}"
    if random.random() < 0.6:  # noqa: PLR2004 (most sentences say when)
        text += f" {random.choice(_WHEN)}"
    if random.random() < 0.4:  # noqa: PLR2004 (some say why)
        text += f", {random.choice(_WHY)}"
    if random.random() < 0.2:  # noqa: PLR2004 (a few quote somebody)
        return f"“{random.choice(_SAID)},” said {random.choice(_PEOPLE)}, {random.randrange(19, 97)}."
    return text + "."


def article(words: int, *, seed: int, headings: bool = True) -> str:
    """Return a Markdown article of at least `words` words, with a heading every few paragraphs."""
    random = Random(seed)  # noqa: S311 (repeatable prose, no secret)
    blocks = [f"# The record of {random.choice(_WHAT)}, part {seed}"]
    count = 0
    while count < words:
        if headings and len(blocks) % 6 == 0:
            blocks.append(f"## What {random.choice(_PEOPLE)} knew")
        paragraph = " ".join(sentence(random) for _ in range(random.randrange(2, 6)))
        count += len(paragraph.split())
        blocks.append(paragraph)
    return "\n\n".join(blocks) + "\n"
