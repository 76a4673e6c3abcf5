"""Words that tell nothing, by language: what links and pictures are called for want of a name."""

from types import MappingProxyType
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


# A link of these words tells nobody where it leads, heard in a list of links.
VAGUE_LINKS: Final = MappingProxyType(
    {
        "en": _set(
            "click, click here, click here for more, click this, click this link, continue, continue reading, details,"
            " find out more, follow this link, full story, go, go here, here, info, information, keep reading,"
            " learn more, link, link here, more, more details, more here, more info, more information, on this page,"
            " read, read here, read it here, read more, read more here, read on, read the rest, read this, see here,"
            " see more, source, tap here, the link, this, this article, this link, this page, this post, this site,"
            " view, view more, visit, website, you can read it here"
        ),
        "de": _set(
            "artikel, details, dieser artikel, dieser link, dieser seite, diese seite, dort, erfahren sie mehr,"
            " hier, hier klicken, hier lesen, klick, klick hier, klicken sie hier, lesen, lesen sie mehr, link,"
            " mehr, mehr dazu, mehr erfahren, mehr infos, mehr informationen, mehr lesen, quelle, weiter, weiterlesen,"
            " weitere informationen, zum artikel"
        ),
        "fr": _set(
            "article, cet article, cette page, ce lien, cliquer ici, cliquez ici, cliquez, détails, en savoir plus,"
            " ici, lien, lire, lire la suite, lire plus, la suite, plus, plus d'infos, plus d’infos,"
            " plus d'informations, plus d’informations, source, suite, voir, voir plus"
        ),
        "es": _set(
            "aquí, aqui, clic aquí, haga clic aquí, haz clic aquí, pulsa aquí, leer, leer más, lee más, más,"
            " más información, saber más, seguir leyendo, este artículo, esta página, este enlace, enlace, fuente, ver,"
            " ver más, pincha aquí"
        ),
        "it": _set(
            "altro, clicca, clicca qui, continua, continua a leggere, fonte, leggi, leggi di più, leggi tutto, link,"
            " maggiori informazioni, per saperne di più, più, più informazioni, qua, questa pagina, questo articolo,"
            " questo link, qui, scopri di più, vai"
        ),
        "nl": _set(
            "artikel, bekijk, bron, deze link, deze pagina, dit artikel, hier, hierheen, klik, klik hier, lees,"
            " lees hier, lees meer, lees verder, link, meer, meer info, meer informatie, meer lezen, verder, verder lezen"
        ),
        "pl": _set(
            "czytaj, czytaj dalej, czytaj więcej, dalej, dowiedz się więcej, kliknij, kliknij tutaj, link, strona,"
            " ta strona, ten artykuł, ten link, tu, tutaj, więcej, więcej informacji, źródło, zobacz, zobacz więcej"
        ),
        "pt": _set(
            "aqui, clica aqui, clique aqui, clique, continuar a ler, continue lendo, esta página, este artigo,"
            " este link, fonte, ler, ler mais, leia mais, ligação, link, mais, mais informações, saber mais, saiba mais,"
            " ver, ver mais, veja mais"
        ),
        "sv": _set(
            "denna länk, den här länken, den här sidan, här, klicka, klicka här, källa, länk, läs, läs här, läs mer,"
            " läs vidare, mer, mer info, mer information, se mer, vidare"
        ),
        "da": _set(
            "denne artikel, denne side, dette link, flere oplysninger, her, kilde, klik, klik her, link, læs, læs her,"
            " læs mere, læs videre, mere, mere information, se mere, videre"
        ),
        "nb": _set(
            "denne artikkelen, denne lenken, denne siden, her, kilde, klikk, klikk her, lenke, les, les her, les mer,"
            " les videre, mer, mer informasjon, se mer, videre"
        ),
    }
)

# Alternative text of these words says no more than that there is a picture.
PLACEHOLDERS: Final = _set(
    "abbildung, afbeelding, alt, alt text, alternative text, banner, bild, bilde, billede, chart, diagram, diagramm,"
    " figure, figura, foto, fotografia, fotografie, fotografía, gif, graph, graphic, grafik, grafika, header, hero,"
    " illustration, illustrazione, image, image description, imagem, imagen, img, immagine, obraz, obrazek, photo,"
    " photograph, pic, picture, placeholder, screenshot, thumbnail, untitled, zdjęcie, description, todo, tbd, null,"
    " none, decorative, decoration, spacer, blank, empty, n/a"
)

# What is said before each picture anyway.
REDUNDANT: Final = (
    "image of",
    "an image of",
    "picture of",
    "a picture of",
    "graphic of",
    "a graphic of",
    "image showing",
    "picture showing",
    "alt text:",
    "bild von",
    "ein bild von",
    "bild eines",
    "bild einer",
    "image de",
    "une image de",
    "imagen de",
    "una imagen de",
    "immagine di",
    "un'immagine di",
    "afbeelding van",
    "een afbeelding van",
    "imagem de",
    "uma imagem de",
    "bild på",
    "en bild på",
    "billede af",
    "et billede af",
    "bilde av",
    "et bilde av",
    "obraz przedstawiający",
)
