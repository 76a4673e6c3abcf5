import threading

import pytest

from earmark.errors import ReadError
from earmark.library.claims import Claims


def test_the_lower_number_gets_the_slug_however_late_it_asks() -> None:
    claims = Claims()
    outcome: dict[int, str] = {}

    def claim(number: int, relative: str) -> None:
        try:
            claims.claim(number, "same", relative, relative)
            outcome[number] = "has it"
        except ReadError as error:
            outcome[number] = str(error)
        finally:
            claims.passed(number)

    late = threading.Thread(target=claim, args=(1, "b.md"))
    late.start()
    claim(0, "a.md")
    late.join(5)
    assert outcome[0] == "has it"
    assert "that of a.md is" in outcome[1]


def test_those_who_never_claim_hold_nobody_up() -> None:
    claims = Claims()
    claims.passed(1)
    claims.passed(0)
    claims.passed(0)
    waiting = threading.Thread(target=claims.claim, args=(2, "slug", "c.md", "c.md"), daemon=True)
    waiting.start()
    waiting.join(5)
    assert not waiting.is_alive()


def test_an_edition_that_stays_keeps_its_slug() -> None:
    claims = Claims()
    claims.hold("slug", "old.md")
    with pytest.raises(ReadError, match=r"old\.md"):
        claims.claim(0, "slug", "new.md", "new.md")
