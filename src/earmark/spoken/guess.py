"""Guesses the language of a text by its little words: rather no guess than a wrong one."""

import re
from collections import Counter

from earmark.spoken.locales import words

LEAST_WORDS = 8
_LEAST_HITS = 4
_LEAST_SHARE = 0.2  # of all words; running text of any of these languages has about twice that
_LEAD = 1.6  # how far the best language has to be before the next
_MOST_CHARACTERS = 20_000

_WORD = re.compile(r"[^\W\d_]+")

# The most frequent words of running text. One that two languages share counts for both.
_LITTLE = {
    "en": words(
        "the of and to in a is that for it was on with as by at be this from have he are not but his had which or they"
        " an were her she we you been has their would there more will who its when what all one if can said about out"
    ),
    "de": words(
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat"
        " dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis"
        " mehr durch man sein wurde sei ihr wir ich"
    ),
    "fr": words(
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec ou son"
        " aux d l qu s n c elle mais comme on cette ses été nous leur deux tout fait ils sans ces même était je vous"
    ),
    "es": words(
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre"
        " este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque"
    ),
    "it": words(
        "di e il la che in un a è per una i si del non con le da sono al della ha come più lo ma gli dei alla nel anche"
        " se o l ed ai dal suo delle degli nella questo quando stato era loro ci sua dalla tra essere"
    ),
    "pt": words(
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua"
        " ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo são"
    ),
    "nl": words(
        "de het een van en in is dat op te zijn met voor die niet aan er om ook als dan maar bij hij uit door naar heeft"
        " hebben worden wordt nog over zich meer werd ze wel geen was of tot je haar kan zo deze had al moet ik we"
    ),
    "pl": words(
        "i w na z się nie do to że jest o jak a po co za od tak przez ale ma dla czy już tylko są był może ich być"
        " oraz także by tego które który która jego jej pod przed będzie było tym jako ze sobie przy"
    ),
    "sv": words(
        "och i att det som en på är av för med den till inte om har de ett han men var jag sig från vi så kan när år"
        " säger hon under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla"
    ),
    "da": words(
        "og i at det er en til af på for med den der de som ikke har et om var han men jeg sig fra så vi kan når år"
        " siger hun under også efter eller nu sin ved mod skal ville kommer ud får være havde alle blev hvor"
    ),
}
_NEAR = {"nb": "da", "no": "da", "nn": "da"}  # told apart by few words: no claim is denied between them
_SCRIPTS = (
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
)
_MOSTLY = 0.6


def guess(text: str) -> str:
    """Return the primary language of running text ("de"), "" where it can't be told with certainty."""
    found = [word.lower() for word in _WORD.findall(text[:_MOST_CHARACTERS])]
    letters = sum(map(len, found))
    for language, script in _SCRIPTS:
        if letters >= 2 * LEAST_WORDS and len(script.findall(text[:_MOST_CHARACTERS])) > _MOSTLY * letters:
            return language
    if len(found) < LEAST_WORDS:
        return ""
    times = Counter(found)
    hits = Counter(
        {language: sum(times[word] for word in little & times.keys()) for language, little in _LITTLE.items()}
    )
    (best, most), (_, next_most) = hits.most_common(2)
    certain = most >= max(_LEAST_HITS, _LEAST_SHARE * len(found)) and most >= _LEAD * next_most
    return best if certain else ""


def is_another(text: str, language: str) -> str:
    """Return the language of `text` if it is certainly not `language` (BCP 47), else ""."""
    claimed = language.partition("-")[0].lower()
    found = guess(text)
    return "" if found in {claimed, _NEAR.get(claimed, claimed)} else found
