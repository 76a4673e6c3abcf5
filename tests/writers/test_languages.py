import pytest

from earmark.writers.languages import iso_639_2


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("de_CH", "deu"),
        ("FR", "fra"),
        ("zh-Hant-TW", "zho"),
        ("cy", "cym"),
        ("gsw", "gsw"),
        ("x-klingon", "und"),
        ("qq", "und"),
        ("", "und"),
        ("日本語", "und"),
        ("a1b", "und"),
    ],
)
def test_the_three_letters_of_a_tag(tag: str, code: str) -> None:
    assert iso_639_2(tag) == code
