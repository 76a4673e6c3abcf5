"""Which language a text is in: rather no guess than a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.spoken.guess import guess, is_another

TEXTS = {
    "en": "The keeper of the light went down to the sea and did not come back until it was dark and cold.",
    "de": "Der Wärter des Leuchtturms ging hinunter an das Meer und kam erst zurück, als es dunkel war.",
    "fr": "Le gardien du phare est descendu à la mer et il n'est pas revenu avant que la nuit ne soit tombée.",
    "es": "El guardián del faro bajó al mar y no volvió hasta que se hizo de noche, porque era muy tarde para todos.",
    "it": "Il guardiano del faro è sceso al mare e non è tornato fino a quando era buio, perché la notte era lunga.",
    "pt": "O guarda do farol desceu ao mar e não voltou até que ficou escuro, porque era muito tarde para ele.",
    "nl": "De wachter van de vuurtoren ging naar de zee en kwam niet terug voordat het donker was, en dat was laat.",
    "pl": "Latarnik zszedł nad morze i nie wrócił, aż było ciemno, bo nie miał już po co się spieszyć do domu.",
    "sv": "Fyrvaktaren gick ner till havet och kom inte tillbaka förrän det var mörkt, och det var sent för alla.",
    "da": "Fyrpasseren gik ned til havet og kom ikke tilbage, før det var mørkt, og det blev sent for alle de andre.",
    "el": "Ο φύλακας του φάρου κατέβηκε στη θάλασσα.",
    "he": "שומר המגדלור ירד אל הים ולא חזר עד הלילה.",
    "ja": "とうだいのばんにんはうみへおりていきました。",
    "ko": "등대지기는 바다로 내려가서 어두워질 때까지 돌아오지 않았습니다.",
    "th": "คนเฝ้าประภาคารลงไปที่ทะเล",
}


@pytest.mark.parametrize("language", TEXTS)
def test_sentences(language: str) -> None:
    assert guess(TEXTS[language]) == language
    assert is_another(TEXTS[language], f"{language}-XX") == ""
    other = "en" if language != "en" else "de"
    assert is_another(TEXTS[language], other) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "In the end",
        "Manchester United, Liverpool, Arsenal, Chelsea, Tottenham Hotspur, Leeds United, Everton, Fulham",
        "3.5 1 2 3 4 5 6 7 8 9",
        "Rio de la Plata, Casa de la Moneda, Plaza de la Constitución and Paseo de la Reforma in the heart of the city",
    ],
)
def test_no_guess(text: str) -> None:
    assert guess(text) in {"", "en"}
    assert is_another(text, "en") == ""


def test_norwegian_is_not_taken_for_danish() -> None:
    assert is_another(TEXTS["da"], "nb") == ""


@given(st.text())
def test_any_text(text: str) -> None:
    assert guess(text) in {"", *TEXTS}
