"""The gender of Spanish and Portuguese nouns by their endings, as far as figures before them need it."""

from earmark.spoken.locales import words

_FEMININE = ("as", "a", "ción", "ciones", "sión", "siones", "dad", "dades", "ções", "ção", "são", "sões", "dade")
_MASCULINE = ("os", "o", "ores", "or", "ones", "ales", "eses", "ões", "ais", "eis")
# Against their endings.
_ITS_OWN = dict.fromkeys(
    words("mujeres mujer veces vez noches noche clases clase partes parte muertes muerte calles calle mulheres mulher")
    | words("vezes noites noite mortes ordens pessoas"),
    "f",
) | dict.fromkeys(
    words("días día dias dia problemas problema programas programa sistemas sistema temas tema mapas planetas planeta")
    | words("idiomas climas poemas dramas gramas quilogramas meses mes mês anos años puntos"),
    "m",
)
_NO_NOUNS = words(
    "a o e y u de del do da dos das en em no na por para con com como que se el la los las un una um uma os as al ao ante"
    " sobre entre contra hasta até desde pero mas más menos ya já era es está ha han ahora agora cada todo toda"
)


def gender(noun: str) -> str:
    """Return "f", "m" or "" for a noun behind a figure."""
    if noun in _NO_NOUNS or not noun.islower():
        return ""
    if noun in _ITS_OWN:
        return _ITS_OWN[noun]
    if noun.endswith(_FEMININE):
        return "f"
    return "m" if noun.endswith(_MASCULINE) else ""
