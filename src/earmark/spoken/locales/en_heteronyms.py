"""Words of one spelling and two sounds: which words around them ask for the sound that voices do not expect."""

from typing import NamedTuple


class Heteronym(NamedTuple):
    """The other sound of a word: respelt, and the patterns one of which must fit right before or right behind."""

    said: str
    before: str = "(?!)"
    behind: str = "(?!)"
    not_before: str = "(?!)"
    not_behind: str = "(?!)"


_LEFT_OPEN = r"(?:shops?|stores?|polls|schools?|nurseries|pubs|bars|markets|banks|branches|restaurants|applications|entries|nominations|doors|roads|offices|libraries|museums|pools)"
_MODAL = r"(?:will|would|could|may|might|must|should|can|cannot|to|n['’]t|not)"
_SPATS = r"(?:furious|bitter|diplomatic|political|fresh|new|major|public|pay|tax|race|racism|trade|expenses|planning|growing|escalating|blazing|angry|heated|family|legal|sleaze|lobbying|transfer|political|gender|immigration|free speech|antisemitism|Brexit|Commons|Cabinet|cabinet)"

# The sound that a voice gives without help stays where nothing here fits: rather no change than a wrong one.
HETERONYMS: dict[str, Heteronym] = {
    "lead": Heteronym(
        "led",
        before=r"(?i)\b(?:stolen|toxic|molten) $",
        not_before=r"(?i)\b(?:took|take|takes|taking|has|have|had|extended|into|held|lost) (?:the|a|an early|an) $",
        behind=r" (?:pip(?:es?|ing)|poisoning|paint|pellets?|shot|roof(?:s|ing)?|ore|ingots?|mines?|mining|miners?|smelt\w+|content|levels in|exposure|theft|thefts|crystal|solder|batter(?:y|ies)|in (?:the )?(?:water|paint|petrol|blood|soil|pipes)|from (?:church|the) roofs?)\b|-(?:free|lined|acid|based|glazed|grey)\b|,? (?:mercury|arsenic|cadmium|zinc)\b|,? (?:and|or) (?:mercury|arsenic|cadmium|zinc|copper)\b",
    ),
    "tear": Heteronym(
        "tare",
        before=r"(?i)\b(?:to|wear and|hamstring|calf|muscle|ligament|cartilage|groin|ACL) $",
        behind=r" (?:up|down|apart|off|into|through|out|open|itself|themselves|each other)\b",
    ),
    "tears": Heteronym("tares", behind=r" (?:up|apart|off|into|through|itself)\b"),
    "bow": Heteronym(
        "bough",
        before=r"(?i)\b(?:to|a final|took a|take a|takes a|taking a|not|will|would|must|should|refuse to|refused to) $",
        behind=r" (?:to (?:pressure|demands|public|calls|the inevitable|political|international)|out\b|down\b|before\b|of the (?:ship|boat|vessel|ferry|yacht)|and stern|doors?\b|wave\b)",
        not_behind=r" ?(?:tie|street|bells|road|and arrows?)\b",
    ),
    "bows": Heteronym("boughs", behind=r" (?:to (?:pressure|demands|public|calls)|out\b|down\b|before\b)"),
    "row": Heteronym(
        "rau",
        before=rf"\b{_SPATS} $",
        behind=r" (?:over|about|between|erupt(?:s|ed|ing)|broke out|breaks out|deepen(?:s|ed)|escalat(?:es|ed)|rumbles|blew up|flared|began when|centres on|sparked|intensified)\b",
        not_before=r"(?i)\b(?:in a|each|every|front|back|top|bottom|second|third|one|middle) $",
        not_behind=r" (?:seats?|houses?|homes?|of)\b",
    ),
    "rows": Heteronym("rouse", behind=r" (?:over|about|between|with|erupted|broke out)\b"),
    "minute": Heteronym(
        "my-newt",
        before=r"(?<!\d )(?<!one )$",
        behind=r" (?:quantit(?:y|ies)|amounts?|particles?|traces?|fragments?|organisms|doses?|proportions|differences|fraction|creatures|droplets)\b",
    ),
    "close": Heteronym(
        "cloze",
        before=rf"\b(?:{_LEFT_OPEN}|{_MODAL}) $",
        behind=r" (?:at (?:\d[\w.:]{0,6}|noon|midnight|dusk|five|six|ten|the end)|on (?:[A-Z]\w{1,20}|\d{1,4}|the \d{1,2}[a-z]{2})|in (?:[A-Z]\w{1,20}|\d{1,4}|the (?:spring|summer|autumn|new))|early|for good|its doors|their doors|permanently|next (?:week|month|year)|by (?:[A-Z]\w{1,20}|\d{1,4})|down)\b",
    ),
    "Reading": Heteronym(
        "Redding",
        before=r"\b(?:in|from|near|to|at|outside|of|and|for|beat|against|v|versus|through|between|Didcot|Slough|Newbury) $",
        behind=r" (?:FC|Festival|Crown|Magistrates|West|East|Borough|Football|station|University|Gaol|Prison|jail|goalkeeper|manager|striker|midfielder|defender|fans|owner|Hospital)\b|, Berk",
        not_behind=r" (?:and|or|to|is|for|the|a|an|books?|lists?|glasses|Room|room|skills|Society|Agency|Rights|Rainbow)\b",
    ),
    "live": Heteronym("lyve", before=r"\b(?:streamed|screened|shown|broadcast|televised|aired|performed|performing) $"),
    "bass": Heteronym("bas", before=r"\b[Ss]ea $"),
}
# These need both sides; for the others one is enough.
BOTH_SIDES = frozenset({"minute", "close"})
