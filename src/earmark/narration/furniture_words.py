"""The wording of furniture, in English and the other languages that newspapers here are printed in.

Patterns are anchored at the start of a short line and hold no nested repeats, so no line can make them slow.
"""

import re


def _any(*words: str) -> str:
    return "|".join(words)


_I = re.IGNORECASE

# Labels before another article's headline, in any case, with a colon (or a bar, or an arrow) behind.
_LABELS = _any(
    r"read (?:more|also|next|this next|on)(?: (?:here|on this|on this story|about this))?", "also read", "see also",
    r"more on this(?: story| topic)?", r"related(?: (?:stories|story|articles?|links?|content|topics?|coverage|reading|posts?|news|items?))?",
    r"(?:you )?(?:may|might) also (?:like|be interested in|enjoy)", "most read", "icymi", "in case you missed it",
    r"lesen sie (?:auch|mehr|dazu|weiter)(?: auch)?", r"mehr (?:zum thema|dazu|lesen)", "auch interessant", "passend dazu", "zum thema",
    r"(?:à )?(?:lire|voir) (?:aussi|également)", "lire la suite", "à lire", "sur le même sujet",
    r"(?:lea|lee|ver|vea) (?:también|más|además)", "leer más", "te puede interesar", r"(?:más|mas) información", "noticias? relacionadas?",
    r"leggi (?:anche|di più|tutto)", "potrebbe interessarti(?: anche)?",
    r"(?:leia|veja) (?:também|mais)", "saiba mais", "notícias? relacionadas?",
    r"lees (?:ook|meer|verder)", "bekijk ook",
    r"(?:czytaj|zobacz|przeczytaj) (?:także|też|również|więcej)", "polecamy",
    r"läs (?:också|även|mer|vidare)", r"les (?:også|mer|mere)", r"læs (?:også|mere)",
)  # fmt: skip
RELATED_LABEL = re.compile(rf"(?:{_LABELS})\s*(?::|\||»|>|→)+\s*(?=\S)", _I)
# With a dash between, only before what looks like a headline: "Read more – it is good for you" is advice.
DASHED_LABEL = re.compile(rf"(?:{_LABELS})\s+[-–—]\s+(?=\S)", _I)

# The same in capitals needs no colon; others are furniture only when they are shouted.
SHOUTED_LABEL = re.compile(
    r"(?:READ (?:MORE|ALSO|NEXT)|ALSO READ|SEE ALSO|MORE ON THIS STORY|LÄS (?:OCKSÅ|MER|ÄVEN)|LES(?:E?N SIE)? (?:AUCH|MEHR|OGSÅ)"
    r"|LIRE AUSSI|LEER MÁS|LEGGI ANCHE|LEIA (?:MAIS|TAMBÉM)|LEES (?:OOK|MEER)|CZYTAJ (?:TAKŻE|TEŻ|WIĘCEJ))\b[\s:|»>→–—-]+(?=[\w‘’“”\"'£$€])"
)
LOUD_LABEL = re.compile(
    r"(?:WATCH|LISTEN|READ|MORE|RECOMMENDED|DON[’']T MISS|MUST[- ]READ|VIDEO|GALLERY|PICTURES|IN PICTURES|PODCAST|EXPLAINER|TRENDING|RELATED)"
    r"(?: (?:NOW|LIVE|HERE|THIS))?\s*[:|»>→]+\s*(?=\S)"
)
# The same quietly, before a headline only: "Watch: he was always looking at his watch."
QUIET_LABEL = re.compile(
    r"(?:watch|listen|video|gallery|in pictures|podcast|explainer|recommended|trending)(?: now| live)?\s*[:|]\s*(?=\S)",
    _I,
)

# Lines that hold nothing else.
RELATED_ALONE = re.compile(
    rf"(?:{_LABELS}|(?:read|see|find out|learn) more(?: (?:here|online|stories|articles|below))?|(?:continue|keep) reading"
    r"|(?:click|tap) here (?:to read|for) [^.]{1,80}|weiterlesen|mehr)\s*[.…:]*",
    _I,
)
RELATED_HEADING = re.compile(
    rf"(?:{_LABELS}|more (?:stories|articles|news|from [^.,]{{1,40}}|like this)|recommended(?: for you| reading| stories| articles)?"
    r"|most (?:viewed|popular|shared|commented|read in [^.,]{1,30})|explore more on (?:these|this) topics?|promoted stories|related internet links"
    r"|(?:top|popular|latest|trending) (?:stories|articles|news|posts)|trending(?: now)?|editor[’']?s[’']? (?:picks?|choice)"
    r"|(?:ähnliche|weitere|verwandte) (?:artikel|themen)|articles? (?:liés|similaires)|artículos relacionados|articoli correlati"
    r"|artigos relacionados|gerelateerde artikelen|powiązane artykuły|relaterade? artik(?:lar|ler|el))\s*[…:]*",
    _I,
)
# A line that is one link is judged by how it opens.
LINK_OPENING = re.compile(
    rf"(?:{_LABELS}|read (?:more|the full|the whole|our|all|next)|see (?:all|more)|view (?:all|more)|find out more|learn more|click here"
    r"|continue reading|more (?:about|from|on)|watch|listen|related|weiterlesen|download (?:the|our) app)\b",
    _I,
)

ADVERTISEMENT = re.compile(
    r"(?:advertisements?|advert|advertising|ad|sponsored(?: content)?|promoted(?: content)?|paid (?:content|post)"
    r"|(?:story|article) continues (?:below|after)[^.]{0,40}|continue reading below(?: advert\w*)?|skip ad(?:vert|vertisement)?"
    r"|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklam[ae]?|annons|annonse|annonce)\s*[.:]*$",
    _I,
)
NAVIGATION = re.compile(
    r"(?:skip to (?:main )?content|(?:back|return|jump) to (?:the )?top|back to home ?page|print(?: this)? (?:article|page|story)"
    r"|(?:\d{1,6} )?comments?(?: \(\d{1,6}\)?)?|(?:leave|post|add) a (?:comment|reply)|view (?:\d{1,6} |all )?comments"
    r"|zum (?:haupt)?inhalt(?: springen)?|nach oben|haut de page|terug naar boven)\s*[.]*$",
    _I,
)
NETWORKS = r"(?:social media|facebook|twitter|x|instagram|tiktok|linkedin|whatsapp|pinterest|reddit|youtube|threads|bluesky|mastodon|telegram|snapchat|e-?mail|messenger|flipboard|pocket|sms)"
SHARE_WORD = re.compile(
    rf"(?:{NETWORKS}|share|tweet|print|copy link|copy|link|save|icon|teilen|partager|compartir|condividi)", _I
)
SHARE_ALONE = re.compile(
    rf"(?:(?:share|tweet|save|like|bookmark)(?: (?:this|the))?(?: (?:article|story|post|page|video|link))?(?: (?:on|via|by|with|to|using) (?:{NETWORKS}|your friends|friends)"
    rf"(?:(?:,| and|, and| or) {NETWORKS}){{0,8}})?|copy (?:the )?link(?: to clipboard)?"
    rf"|(?:artikel |beitrag )?teilen|(?:auf|via) {NETWORKS} teilen|partager(?: (?:cet article|sur {NETWORKS}))?|compartir(?: (?:en|por) {NETWORKS})?"
    rf"|condividi(?: su {NETWORKS})?|(?:compartilhar|partilhar|compartilhe)(?: (?:no|em) {NETWORKS})?|delen(?: (?:op|via) {NETWORKS})?|udostępnij|dela(?: artikeln)?|del(?: artikel(?:en)?)?)\s*[.!:]*$",
    _I,
)
FOLLOW = re.compile(
    rf"(?:(?:follow|like|find|join|connect with) (?:us|me|@\w{{1,30}}|[^.,;:]{{1,60}}?)(?: on {NETWORKS}(?:(?:,|,? and|,? or)(?: on)? {NETWORKS}){{0,8}}|(?<=us))"
    rf"|folgen sie uns(?: (?:auf|bei) {NETWORKS})?|suivez-nous(?: sur {NETWORKS})?|s[ií]g[ua]e?nos(?: en {NETWORKS})?|seguici(?: su {NETWORKS})?"
    rf"|siga-nos(?: no {NETWORKS})?|volg ons(?: op {NETWORKS})?|obserwuj nas(?: na {NETWORKS})?|följ oss(?: på {NETWORKS})?)"
    r"(?:\s*[:,|]?\s*(?:at )?@\w{1,30}(?:(?:,|,? and) (?:on|at) [\w@ ]{1,60})?)?(?:,? and (?:share|like|tell) [^.,;:]{1,60})?\s*[.!:]*(?: send your story ideas to \S{3,80})?$",
    _I,
)
COOKIES = re.compile(
    r"(?=[^\n]{0,320}\bcookies?\b)(?:(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies?\b[^\n]{0,120}\b(?:site|website|experience|browser|privacy|consent"
    r"|continu\w+|analy\w+|traffic|agree|settings|policy|accept)|by (?:continuing|using|browsing|clicking)[^.]{0,80}cookies|(?:accept|manage|reject) (?:all )?cookies[.!]?$"
    r"|cookie (?:policy|settings|preferences|notice|consent)[.:]?$|(?:wir|diese (?:web)?site|diese website) (?:verwenden|verwendet|nutzen|nutzt) cookies|ce site utilise des cookies"
    r"|(?:este sitio|esta web|este site) (?:web )?(?:utiliza|usa) cookies|questo sito (?:utilizza|usa) (?:i )?cookie|deze (?:web)?site gebruikt cookies|ta strona (?:używa|korzysta z) (?:plików )?cookies?"
    r"|(?:vi|denna webbplats) använder (?:cookies|kakor))",
    _I,
)
_OFFER = r"(?:newsletters?|e-?mails?|inbox|briefings?|bulletins?|alerts|mailing list|notifications|digest|our free|our daily|our weekly|whatsapp channel)"
SIGN_UP = re.compile(
    rf"(?:(?:please )?(?:sign[ -]up|subscribe|register)\b(?:[^\n]{{0,200}}\b{_OFFER}\b|(?: (?:here|now|today|free|for free|to (?:read|continue|our)[^.]{{0,60}}))?[.!:]?$|(?: to| for) (?=[A-Z‘“\"'])[^.]{{1,90}}$)"
    rf"|(?:get|receive|want|enjoy(?:ing|ed)?|join|never miss|stay (?:informed|up to date))\b[^\n]{{0,160}}\b(?:in your inbox|to your inbox|our (?:free |daily |weekly )*(?:newsletters?|briefing|mailing list|e-?mails?)|whatsapp channel)\b"
    r"|after newsletter promotion$|skip past newsletter promotion$|newsletter (?:abonnieren|bestellen)|(?:abonnieren|bestellen) sie [^.]{0,60}newsletter"
    r"|(?:inscrivez|abonnez)-vous\b[^.]{0,80}(?:newsletter|lettre|infolettre)|suscr[ií]b[ae](?:te|se)\b[^.]{0,80}(?:newsletter|boletín)"
    r"|iscriviti\b[^.]{0,80}newsletter|(?:inscreva-se|assine|subscreva)\b[^.]{0,80}newsletter|(?:schrijf je in|meld je aan)\b[^.]{0,80}nieuwsbrief"
    r"|zapisz się\b[^.]{0,80}newsletter|(?:prenumerera|anmäl dig)\b[^.]{0,80}nyhetsbrev)",
    _I,
)  # fmt: skip

_AGENCIES = r"(?:getty(?: images)?(?:/istockphoto)?|reuters|ap|ap photo|associated press|afp|epa|pa|pa media|pa wire|pa images|alamy(?: stock photo)?|shutterstock|istock|rex(?: features)?|bloomberg|swns|nasa|unsplash|wikimedia commons|dpa|imago|ansa|efe|anp|tt|ritzau|ntb|scanpix)"
CREDIT = re.compile(
    r"(?:(?:cover |main |lead |file |stock )?(?:photo(?:graph)?s?|pictures?|images?|illustrations?|pics?|graphics?|composite)(?: (?:credit|courtesy|source)s?)?(?: (?:by|of|from|courtesy of))?\s*[:/|©,]+"
    r"|(?:photo(?:graph)?s?|pictures?|images?|illustrations?) (?:by|courtesy of|credit)\b|photography by\b|credits?\s*:|(?:copyright\s*)?(?:©|\(c\)\s)(?:\s*copyright\b)?"
    r"|(?:fotos?|bild(?:er)?|quelle|crédits? photo|photos?|crédits?|fotografía|imagen|imagem|immagine|beeld|fot|zdjęcie|zdj|foto di|foto van)\s*[:/.]+)\s*(?=\S)",
    _I,
)
CREDIT_ALONE = re.compile(
    rf"(?:{_AGENCIES}\s*/\s*(?-i:[A-Z])[\w.’'-]{{1,30}}(?: [\w.’'-]{{1,30}}){{0,3}}|(?:[\w.’'-]{{1,30}}(?: [\w.’'-]{{1,30}}){{0,4}}\s*/\s*)?{_AGENCIES}(?:\s*(?:/|via)\s*{_AGENCIES}){{0,3}})[.]?",
    _I,
)
# A word of a name: capitalised, an agency, a handle, or what stands between names.
NAME = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]*|@[\w.]{1,40}|©|\d{4}|of|for|the|via|and|by|on|in|from|de|la|le|du|des|van|von|der|den|da|di|dos|al|el|bin|y|e|und|et|courtesy|handout|dpa|afp|epa|imago|iStock(?:photo)?|supplied|provided|getty|stock|www\.[\w.]{1,60}|[\w-]{1,40}\.(?:com|org|net|co|uk|de|fr))\.?"
)

# Someone says it: then it is the article's own, however it opens.
REPORTED = re.compile(
    r"[,?!][\"”’']?\s+(?:[\w.’'-]{1,20}\s+){0,3}(?:said|says|told|tells|asked|asks|wrote|writes|added|adds|urged|urges|replied|insisted|advised|joked|laughed|sagte|sagt|dit|dijo|disse|zei|sa|säger)\b",
    _I,
)
