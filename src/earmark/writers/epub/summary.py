"""What a book says of its own accessibility, in its language: read before it is bought or opened."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Sentences(Struct, frozen=True, kw_only=True):
    """The sentences of one language; `narrator` names a voice, `landmarks` the second list of the navigation."""

    whole: str
    person: str  # the same of a book without a synthetic voice
    read: str
    marked: str
    described: str
    undescribed: str
    narrator: str
    landmarks: str

    def summary(self, *, heard: bool, pictured: bool, all_described: bool, synthetic: bool = True) -> str:
        """Return what is true of a book, as one text."""
        told = [self.whole if synthetic else self.person, self.read if heard else self.marked]
        if pictured:
            told.append(self.described if all_described else self.undescribed)
        return " ".join(told)


_ROWS = {
    "en": Sentences(
        whole="The whole text, sentence by sentence in time with a recording by a synthetic voice.",
        person="The whole text, sentence by sentence in time with a recording by a person.",
        read="All of it is read aloud.",
        marked="What is not read aloud stands in its place and is marked.",
        described="All pictures are described.",
        undescribed="Some pictures are not described.",
        narrator="{voice} (synthetic voice)",
        landmarks="Landmarks",
    ),
    "da": Sentences(
        whole="Hele teksten, sætning for sætning i takt med en optagelse af en syntetisk stemme.",
        person="Hele teksten, sætning for sætning i takt med en optagelse af et menneske.",
        read="Alt læses op.",
        marked="Det, der ikke læses op, står på sin plads og er mærket.",
        described="Alle billeder er beskrevet.",
        undescribed="Nogle billeder er ikke beskrevet.",
        narrator="{voice} (syntetisk stemme)",
        landmarks="Pejlemærker",
    ),
    "de": Sentences(
        whole="Der ganze Text, Satz für Satz im Takt mit einer Aufnahme durch eine künstliche Stimme.",
        person="Der ganze Text, Satz für Satz im Takt mit einer Aufnahme durch einen Menschen.",
        read="Alles wird vorgelesen.",
        marked="Was nicht vorgelesen wird, steht an seinem Platz und ist gekennzeichnet.",
        described="Alle Bilder sind beschrieben.",
        undescribed="Einige Bilder sind nicht beschrieben.",
        narrator="{voice} (künstliche Stimme)",
        landmarks="Orientierungspunkte",
    ),
    "es": Sentences(
        whole="Todo el texto, frase a frase, sincronizado con una grabación de una voz sintética.",
        person="Todo el texto, frase a frase, sincronizado con una grabación de una persona.",
        read="Se lee entero en voz alta.",
        marked="Lo que no se lee en voz alta está en su lugar y va marcado.",
        described="Todas las imágenes están descritas.",
        undescribed="Algunas imágenes no están descritas.",
        narrator="{voice} (voz sintética)",
        landmarks="Puntos de referencia",
    ),
    "fr": Sentences(
        whole="Tout le texte, phrase par phrase, synchronisé avec un enregistrement par une voix de synthèse.",
        person="Tout le texte, phrase par phrase, synchronisé avec un enregistrement par une personne.",
        read="Il est lu en entier à voix haute.",
        marked="Ce qui n’est pas lu à voix haute est à sa place et signalé.",
        described="Toutes les images sont décrites.",
        undescribed="Certaines images ne sont pas décrites.",
        narrator="{voice} (voix de synthèse)",
        landmarks="Points de repère",
    ),
    "it": Sentences(
        whole="Tutto il testo, frase per frase, sincronizzato con una registrazione di una voce sintetica.",
        person="Tutto il testo, frase per frase, sincronizzato con una registrazione di una persona.",
        read="È letto per intero ad alta voce.",
        marked="Ciò che non è letto ad alta voce sta al suo posto ed è segnalato.",
        described="Tutte le immagini sono descritte.",
        undescribed="Alcune immagini non sono descritte.",
        narrator="{voice} (voce sintetica)",
        landmarks="Punti di riferimento",
    ),
    "nb": Sentences(
        whole="Hele teksten, setning for setning i takt med et opptak av en syntetisk stemme.",
        person="Hele teksten, setning for setning i takt med et opptak av et menneske.",
        read="Alt leses høyt.",
        marked="Det som ikke leses høyt, står på sin plass og er merket.",
        described="Alle bilder er beskrevet.",
        undescribed="Noen bilder er ikke beskrevet.",
        narrator="{voice} (syntetisk stemme)",
        landmarks="Landemerker",
    ),
    "nl": Sentences(
        whole="De hele tekst, zin voor zin gelijk met een opname door een synthetische stem.",
        person="De hele tekst, zin voor zin gelijk met een opname door een mens.",
        read="Alles wordt voorgelezen.",
        marked="Wat niet wordt voorgelezen, staat op zijn plaats en is gemarkeerd.",
        described="Alle afbeeldingen zijn beschreven.",
        undescribed="Sommige afbeeldingen zijn niet beschreven.",
        narrator="{voice} (synthetische stem)",
        landmarks="Oriëntatiepunten",
    ),
    "pl": Sentences(
        whole="Cały tekst, zdanie po zdaniu zsynchronizowany z nagraniem głosu syntetycznego.",
        person="Cały tekst, zdanie po zdaniu zsynchronizowany z nagraniem człowieka.",
        read="Całość jest czytana na głos.",
        marked="To, co nie jest czytane na głos, stoi na swoim miejscu i jest oznaczone.",
        described="Wszystkie obrazy są opisane.",
        undescribed="Niektóre obrazy nie są opisane.",
        narrator="{voice} (głos syntetyczny)",
        landmarks="Punkty orientacyjne",
    ),
    "pt": Sentences(
        whole="Todo o texto, frase a frase, sincronizado com uma gravação de uma voz sintética.",
        person="Todo o texto, frase a frase, sincronizado com uma gravação de uma pessoa.",
        read="É lido por inteiro em voz alta.",
        marked="O que não é lido em voz alta está no seu lugar e está assinalado.",
        described="Todas as imagens estão descritas.",
        undescribed="Algumas imagens não estão descritas.",
        narrator="{voice} (voz sintética)",
        landmarks="Pontos de referência",
    ),
    "sv": Sentences(
        whole="Hela texten, mening för mening i takt med en inspelning av en syntetisk röst.",
        person="Hela texten, mening för mening i takt med en inspelning av en människa.",
        read="Allt läses upp.",
        marked="Det som inte läses upp står på sin plats och är märkt.",
        described="Alla bilder är beskrivna.",
        undescribed="Vissa bilder är inte beskrivna.",
        narrator="{voice} (syntetisk röst)",
        landmarks="Orienteringspunkter",
    ),
}
SENTENCES: Mapping[str, Sentences] = MappingProxyType(_ROWS)


def sentences_for(language: str) -> Sentences:
    """Return the sentences of the language that `Labels.language` names."""
    return SENTENCES[language]
