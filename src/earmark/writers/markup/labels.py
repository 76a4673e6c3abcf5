"""What earmark prints in documents around an article, in the article's language."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Labels(Struct, frozen=True):
    """The words of one language; `language` is its tag."""

    language: str
    not_read: str
    notes: str
    back: str
    contents: str
    cover: str
    start: str  # of reading


_ROWS = (
    Labels("en", "Not read aloud", "Notes", "Back to the text", "Contents", "Cover", "Start of the text"),
    Labels("da", "Læses ikke op", "Noter", "Tilbage til teksten", "Indhold", "Omslag", "Tekstens begyndelse"),
    Labels("de", "Wird nicht vorgelesen", "Anmerkungen", "Zurück zum Text", "Inhalt", "Umschlag", "Textanfang"),
    Labels("es", "No se lee en voz alta", "Notas", "Volver al texto", "Índice", "Cubierta", "Inicio del texto"),
    Labels("fr", "Non lu à voix haute", "Notes", "Retour au texte", "Sommaire", "Couverture", "Début du texte"),
    Labels("it", "Non letto ad alta voce", "Note", "Torna al testo", "Indice", "Copertina", "Inizio del testo"),
    Labels("nb", "Leses ikke høyt", "Noter", "Tilbake til teksten", "Innhold", "Omslag", "Tekstens begynnelse"),
    Labels("nl", "Wordt niet voorgelezen", "Noten", "Terug naar de tekst", "Inhoud", "Omslag", "Begin van de tekst"),
    Labels("pl", "Nieczytane na głos", "Przypisy", "Powrót do tekstu", "Spis treści", "Okładka", "Początek tekstu"),
    Labels("pt", "Não é lido em voz alta", "Notas", "Voltar ao texto", "Índice", "Capa", "Início do texto"),
    Labels("sv", "Läses inte upp", "Noter", "Tillbaka till texten", "Innehåll", "Omslag", "Textens början"),
)
LABELS: Mapping[str, Labels] = MappingProxyType({row.language: row for row in _ROWS} | {"no": _ROWS[6]})


def labels_for(language: str) -> Labels:
    """Return the labels of the nearest language, the English ones where there are none."""
    return LABELS.get(language.lower().partition("-")[0], _ROWS[0])
