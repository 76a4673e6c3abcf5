"""Refuses an article in which there is nothing to hear but what earmark adds around it."""

from collections import Counter

from earmark.errors import ReadError
from earmark.narration.script import METADATA_BLOCK, Script, each_utterance


def refuse_silence(script: Script, name: str) -> None:
    """Raise `ReadError` where not a word of the article called `name` is said, nor anything told of what it shows."""
    if any(utterance.block != METADATA_BLOCK for utterance in each_utterance(script)):
        return
    reasons = Counter(omission.reason for omission in script.omitted)
    if not reasons:
        raise ReadError(
            "there are no words in it to say",
            source=name,
            hint="Write some, or set draft: true or audio: false in its front matter.",
            code="no-words",
        )
    listed = ", ".join(f"{count:,} times {reason}" if count > 1 else reason for reason, count in reasons.most_common())
    raise ReadError(
        f"there are no words in it to say: all that it prints is left out ({listed})",
        source=name,
        hint="See it with earmark script; set audio: false in its front matter if it is to have no edition.",
        code="no-words",
    )
