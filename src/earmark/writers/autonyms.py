"""Languages by the names that they have for themselves: whoever reads one finds it, whatever the page is written in."""

_NAMES = {
    "af": "Afrikaans", "am": "አማርኛ", "ar": "العربية", "az": "azərbaycan", "be": "беларуская", "bg": "български",
    "bn": "বাংলা", "br": "brezhoneg", "bs": "bosanski", "ca": "català", "cmn": "普通话", "cs": "čeština", "cy": "Cymraeg",
    "da": "dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "eo": "Esperanto", "es": "español",
    "et": "eesti", "eu": "euskara", "fa": "فارسی", "fi": "suomi", "fr": "français", "ga": "Gaeilge",
    "gd": "Gàidhlig", "gl": "galego", "grc": "Ἑλληνική", "gu": "ગુજરાતી", "he": "עברית", "hi": "हिन्दी",
    "hr": "hrvatski", "hu": "magyar", "hy": "հայերեն", "id": "Indonesia", "is": "íslenska", "it": "italiano",
    "ja": "日本語", "ka": "ქართული", "kk": "қазақ тілі", "kn": "ಕನ್ನಡ", "ko": "한국어", "la": "Latina",
    "lb": "Lëtzebuergesch", "lt": "lietuvių", "lv": "latviešu", "mi": "te reo Māori", "mk": "македонски",
    "ml": "മലയാളം", "mr": "मराठी", "ms": "Melayu", "mt": "Malti", "my": "မြန်မာ", "nb": "norsk bokmål",
    "ne": "नेपाली", "nl": "Nederlands", "nn": "nynorsk", "no": "norsk", "oc": "occitan", "pa": "ਪੰਜਾਬੀ",
    "pl": "polski", "pt": "português", "ro": "română", "ru": "русский", "si": "සිංහල", "sk": "slovenčina",
    "sl": "slovenščina", "sq": "shqip", "sr": "српски", "sv": "svenska", "sw": "Kiswahili", "ta": "தமிழ்",
    "te": "తెలుగు", "th": "ไทย", "tr": "Türkçe", "uk": "українська", "ur": "اردو", "uz": "o‘zbek",
    "vi": "Tiếng Việt", "yue": "粵語", "zh": "中文",
    "de-at": "österreichisches Deutsch", "de-ch": "Schweizer Hochdeutsch",
    "en-029": "Caribbean English", "en-au": "Australian English", "en-ca": "Canadian English",
    "en-gb": "British English", "en-gb-scotland": "Scottish English", "en-ie": "Irish English", "en-in": "Indian English",
    "en-nz": "New Zealand English", "en-us": "American English", "en-za": "South African English",
    "es-419": "español latinoamericano", "es-es": "español de España", "es-mx": "español de México",
    "fr-be": "français de Belgique", "fr-ca": "français canadien", "fr-ch": "français suisse",
    "nl-be": "Vlaams", "pt-br": "português do Brasil", "pt-pt": "português europeu",
}  # fmt: skip


def language_name(tag: str) -> str:
    """Return what a BCP 47 tag's language calls itself ("en-GB": "British English", "de-LI": "Deutsch (LI)").

    A tag whose language has no name here is its own name.
    """
    lower = tag.lower()
    primary, _, rest = lower.partition("-")
    if lower in _NAMES or primary not in _NAMES:
        return _NAMES.get(lower, tag)
    return f"{_NAMES[primary]} ({tag[-len(rest) :]})"
