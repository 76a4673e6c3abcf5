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
    claims.hold("slug", "guid", "old.md")
    with pytest.raises(ReadError, match=r"old\.md"):
        claims.claim(0, "slug", "new.md", "new.md")


def test_two_articles_are_never_one_to_subscribers() -> None:
    claims = Claims()
    claims.hold("one", "urn:1", "one.md")
    with pytest.raises(ReadError, match="GUID urn:1") as caught:
        claims.claim_guid("urn:1", "two.md", "articles/two.md")
    assert "one.md" in str(caught.value)
    assert "id:" in caught.value.hint
    claims.claim_guid("urn:1", "one.md", "articles/one.md")


def test_files_that_differ_in_their_ending_alone_need_an_id_too() -> None:
    claims = Claims()
    claims.claim(0, "same", "same.md", "same.md")
    with pytest.raises(ReadError) as caught:
        claims.claim(0, "same", "same.txt", "same.txt")
    assert "an id of its own" in caught.value.hint
