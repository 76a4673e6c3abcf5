"""What pages print around articles in so many words: titles of lists of other articles, of comments, and lines of the house."""

import re

from earmark.readers.page.hints import furniture
from earmark.readers.page.tree import Node, ancestors
from earmark.readers.page.units import Unit

_LONGEST_TITLE = 70
_LONGEST_LINE = 240
_PROSE = 80  # characters of a paragraph
_LINKS = 0.5
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_DECORATION = " \t\u00a0:：»›>→▶►•·*|–—-…+()[]【】■◆▼▽#！!"
_COUNT = re.compile(r"^\(?\d[\d.,]*\)?\s+|\s*[(\[（]?\d[\d.,]*[)\]）]?$")
_RELATED = re.compile(
    r"(?:related|similar|other|further|recent|latest|popular|recommended|featured|trending|top)\s+"
    r"(?:stor(?:y|ies)|articles?|posts?|news|content|coverage|reading|reads|topics?|videos?|links?|items|galleries)"
    r"|more\s+(?:on\s+this(?:\s+story)?|stories|news|articles|posts|galleries|coverage|like\s+this|to\s+read|to\s+explore|from\s+.{1,40}|about\s+this)"
    r"|(?:read|watch|listen)\s+(?:more|next|also|this\s+next)|also\s+(?:read|on\s+.{1,30})|what\s+to\s+read\s+next|up\s+next"
    r"|you\s+(?:might|may)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in)|recommended(?:\s+for\s+you)?|(?:we\s+)?recommend(?:s|ed)?"
    r"|most\s+(?:read|popular|viewed|shared|watched|commented)(?:\s+.{1,20})?|trending(?:\s+now)?|popular(?:\s+now)?"
    r"|don[’']?t\s+miss|people\s+are\s+(?:also\s+)?reading|editor[’']?s?[’']?\s+picks?|(?:from|around)\s+the\s+web|promoted|sponsored(?:\s+content)?|key\s+events"
    r"|also\s+from\s+this\s+source|previous\s+article|next\s+article|best\s+of\s+.{1,30}|hot\s+network\s+questions|related"
    r"|mehr\s+(?:zum\s+thema|zu\s+diesem\s+thema|von\s+.{1,30}|aus\s+.{1,30}|artikel)|(?:lesen\s+sie|lies)\s+(?:auch|mehr|dazu)|auch\s+interessant"
    r"|das\s+könnte\s+(?:sie|dich)\s+(?:auch\s+)?interessieren|meistgelesen(?:e\s+artikel)?|weitere\s+(?:artikel|themen|nachrichten|meldungen|beiträge)"
    r"|(?:verwandte|ähnliche|passende)\s+(?:artikel|themen|beiträge)|zum\s+thema|weiterlesen|empfehlungen(?:\s+.{1,20})?|unsere\s+empfehlung(?:en)?"
    r"|(?:à\s+)?(?:lire|voir|écouter)\s+(?:aussi|également)|sur\s+le\s+même\s+(?:sujet|thème)|dans\s+la\s+même\s+(?:rubrique|catégorie)|(?:les\s+)?plus\s+lus"
    r"|(?:articles?|contenus?)\s+(?:liés?|similaires?|connexes?|associés?|recommandés?)|vous\s+(?:aimerez|pourriez)\s+.{1,30}|nos\s+derniers\s+articles|à\s+la\s+une"
    r"|te\s+(?:recomendamos|puede\s+interesar)|(?:también\s+)?te\s+(?:puede|podría)\s+interesar|(?:noticias?|artículos?|notas?|contenidos?)\s+relacionad[ao]s?"
    r"|más\s+(?:noticias|información|leídas?|leídos?|sobre\s+.{1,30}|de\s+.{1,30})|lo\s+más\s+(?:leído|visto)|(?:lea|lee|leer|ver|mira)\s+(?:también|además|más)"
    r"|(?:leia|veja|saiba|ouça|confira)\s+(?:também|mais|ainda)|mais\s+(?:lid[ao]s|notícias|vist[ao]s|sobre\s+.{1,30})|(?:notícias?|matérias?|conteúdos?)\s+relacionad[ao]s?"
    r"|leggi\s+anche|potrebbe\s+(?:anche\s+)?interessarti|(?:articoli|notizie)\s+correlat[ie]|(?:i\s+)?più\s+letti|lees\s+(?:ook|meer|verder)|gerelateerd.{0,20}|meest\s+gelezen"
    r"|läs\s+(?:också|mer|även|vidare)|les\s+(?:også|mer)|læs\s+(?:også|mere)|lue\s+(?:myös|lisää)|mest\s+lest|mest\s+läst"
    r"|(?:czytaj|zobacz|przeczytaj)\s+(?:także|też|również|więcej)|polecane|najczęściej\s+czytane|(?:čtěte|přečtěte)\s+.{0,12}(?:také|i)|související.{0,15}"
    r"|читайте\s+(?:также|ещё|далее)|(?:материалы|новости|статьи|ещё|еще)?\s*по\s+теме|самое\s+(?:читаемое|интересное|популярное)|популярное|главное|другие\s+новости|похожие\s+.{1,20}"
    r"|читайте\s+також|ilgili\s+haber(?:ler)?|diğer\s+haberler|en\s+çok\s+okunan(?:lar)?|(?:bunlar\s+da\s+)?ilginizi\s+çekebilir.{0,20}|öne\s+çıkan.{0,15}"
    r"|baca\s+juga|lihat\s+juga|berita\s+(?:terkait|lainnya|rekomendasi|terpopuler|terkini|utama)|artikel\s+(?:terkait|lainnya)|terpopuler|xem\s+thêm|tin\s+(?:liên\s+quan|cùng\s+chuyên\s+mục)"
    r"|関連(?:記事|ニュース|リンク|キーワード)|(?:あわせて|合わせて)読みたい|(?:おすすめ|オススメ|人気|新着|最新)(?:の)?記事(?:一覧)?|.{0,6}ランキング|こちらも"
    r"|相关(?:新闻|阅读|报道|文章|推荐|链接|专题)|(?:推荐|延伸|更多)阅读|热门(?:文章|新闻|推荐)|猜你喜欢|相關(?:新聞|閱讀|報導|文章)|延伸閱讀|推薦閱讀|关键词|关键字"
    r"|관련\s?(?:기사|뉴스)|많이\s?본\s?(?:뉴스|기사)|추천\s?(?:기사|뉴스)|인기\s?(?:기사|뉴스)|اقرأ(?:\s+أيض[اً]{1,2})?|مواضيع\s+(?:ذات\s+صلة|متعلقة)|(?:الأكثر|الاكثر)\s+(?:قراءة|مشاهدة)|أخبار\s+(?:ذات\s+صلة|متعلقة)"
    r"|διαβάστε\s+(?:επίσης|ακόμη)|(?:σχετικά|δημοφιλή)\s+.{1,15}|קראו\s+גם|כתבות\s+(?:נוספות|קשורות)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:reader\s+)?comments?|(?:no|one|add|post|write|leave|view|show|read|all)\s+(?:a\s+|your\s+|all\s+|the\s+)?(?:comments?|repl(?:y|ies)|responses?)|leave\s+a\s+reply|responses"
    r"|your\s+(?:answer|comment|reply)|join\s+the\s+(?:discussion|conversation)|reader\s+interactions|what\s+do\s+you\s+think|\d+\s+(?:thoughts|responses|comments|replies)\s+(?:on|to)\s+.{1,60}"
    r"|(?:leser)?kommentare?|kommentar\s+(?:schreiben|hinterlassen|verfassen)|schreibe\s+einen\s+kommentar|diskussion|commentaires?|(?:laisser|ajouter|écrire)\s+un\s+commentaire|réagir"
    r"|comentarios|deja\s+(?:un|tu)\s+(?:comentario|respuesta)|comentários|deixe\s+(?:um|seu)\s+comentário|commenti|lascia\s+un\s+commento|reacties|(?:geef\s+een|plaats\s+een)\s+reactie"
    r"|комментарии|оставить\s+комментарий|обсуждение|коментарі|yorum(?:lar|\s+yap(?:ın)?|\s+yaz)?|komentarze|dodaj\s+komentarz|komentar|kommentarer|komentáře|コメント|评论|網友評論|网友评论|留言|發表評論|发表评论|댓글|التعليقات|تعليقات|اترك\s+تعليق.{0,5}",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    # Advertisements and what is not there.
    r"(?:-+\s*)?(?:(?:loading\s+)?advertisements?|advertising|ad|ads|sponsored|(?:story|article)\s+continues\s+below(?:\s+(?:this\s+)?ad(?:vertisement)?)?|continue\s+reading\s+below"
    r"|anzeige|werbung|publicité|publicidade?|pubblicità|реклама|reklam[a]?|iklan|advertentie|annonse?|annons|广告|広告|廣告|광고|إعلان|الإعلان|scroll\s+to\s+continue.{0,30})(?:\s*-+)?$"
    r"|(?:please\s+)?(?:turn\s+on|enable|activate)\s+javascript\b.{0,80}$|.{0,40}\bto\s+use\s+this\s+feature\.?$|click\s+to\s+(?:load|play|view|share|enlarge|expand)\b.{0,60}$|loading\s?(?:\.{3}|…)?$|get\s+(?:adobe\s+)?flash\s+player$|text\s+size(?:\s+(?:reset|[a-]))*$"
    r"|(?:your|this)\s+browser\s+(?:does\s+not|doesn[’']t)\s+support\b.{0,100}$|you\s+are\s+visitor\s+number\b.{0,60}"
    # What a reader may do.
    r"|(?:share|tweet|print|email|e-mail|save|pin|copy\s+link|bookmark)(?:\s+(?:this|on|via|it|the)\b.{0,40})?:?$|(?:teilen|drucken|merken|partager|imprimer|compartir|compartilhar|condividi|поделиться|paylaş|bagikan|シェア(?:する)?|ツイート|分享|공유|شارك)\b.{0,15}$"
    r"|(?:compartilhe|partagez|comparte)\b.{0,40}$|back\s+to\s+top$|leave\s+a\s+(?:comment|reply)$|(?:post|add)\s+a\s+comment$|jump\s+to\s+recipe\b.{0,30}$|print\s+recipe$|skip\s+to\s+(?:content|main).{0,20}$"
    r"|tried\s+this\s+recipe\b.{0,120}$|this\s+(?:post|article|page|site|recipe)\s+(?:may\s+)?contains?\s+(?:affiliate|sponsored)\b.{0,160}$|by\s+clicking\b.{0,200}\b(?:agree|consent|acknowledge)\b.{0,160}$"
    r"|(?:es\s+necesario|debes?)\s+(?:estar\s+)?(?:registrad[oa]|conectad[oa]|iniciar)\b.{0,80}$|(?:comentarios\.\s+)?es\s+necesario\s+estar\s+registrado\b.{0,60}$|you\s+must\s+be\s+logged\s+in\b.{0,60}$"
    # Letters and contracts.
    r"|(?:(?:sign\s+up|subscribe)(?=.*\b(?:newsletters?|inbox|updates|unlimited|access|channel|podcast|free|month|week|our|e-?mails?)\b)|subscribe\s+now$|already\s+a\s+(?:subscriber|member)|not\s+a\s+(?:subscriber|member)|log\s+in\s+to\s+continue|to\s+continue\s+reading"
    r"|you(?:[’']ve|\s+have)\s+(?:read|reached)\s+your\s+(?:last|free|monthly|\w+\s+free)|this\s+(?:article|content|story)\s+is\s+(?:only\s+)?(?:for|reserved\s+for)\s+(?:our\s+)?(?:subscribers|members)"
    r"|follow\s+us\s+on|like\s+us\s+on|find\s+us\s+on|download\s+(?:our|the)\s+\w*\s*app\b|get\s+(?:our|the)\s+.{0,40}newsletter|enter\s+your\s+e-?mail"
    r"|abonnez-vous|inscrivez-vous|recevez\b.{0,60}(?:e-?mail|newsletter|actualité)|jetzt\s+(?:abonnieren|anmelden|testen)|suscríbete|inscreva-se|assine\s+(?:já|a|o|agora)|подпис(?:ывай|аться|ка)|подпишитесь|iscriviti\s+alla"
    r"|больше\s+.{0,40}telegram|siga\s+o\b|síguenos\b|suivez-nous|folgen\s+sie\s+uns|bizi\s+takip|ikuti\s+(?:kami|berita)).{0,200}$"
    r"|(?:recevez|erhalten\s+sie|reciba)\b.{0,40}\b(?:chaque|jeden|cada)\b.{0,80}$|veja\s+mais\s+notícias\b.{0,60}$|点击进入.{0,40}$|(?:次|前)(?:の)?ページ.{0,30}$|続きを読む.{0,10}$|查看全部$|>>.{0,40}$"
    r"|.{0,60}\breader-supported\s+publication\b.{0,200}$|(?=.*\bcookies?\b).{0,160}\b(?:accept|agree|consent|geaccepteerd|akzept|accepter|acepta|aceita|accett|zgod)\w*.{0,120}$"
    # Whose it is.
    r"|via$|powered\s+by\s+\S.{0,60}$|.{0,4}무단\s?전재.{0,20}$|.{0,20}無断転載.{0,20}$|责任编辑[：:].{0,20}$|[（(]?(?:责编|编辑|記者)[：:].{0,20}$|(?:©|ⓒ|\(c\)|copyright)\s.{0,80}$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:photos?|photographs?|pictures?|images?|foto(?:s|grafía|grafia)?|bild(?:er)?|crédit(?:s)?|credits?|фото|fotoğraf|gambar)(?:\s+(?:by|credit|courtesy(?:\s+of)?|source))?\s?[:：/]\s?\S.{0,80}$"
    r"|(?:image|photo)\s+(?:by|credit|courtesy)\s.{0,60}$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[(\[]\s?[a-zA-Z]{2,5}(?:\s?[/,-]\s?[a-zA-Z]{2,8}){0,3}\s?[)\]]$")
_EDITED = re.compile(
    r"(?:editor|editing|edited|redaktur|redaktion|penulis|pewarta|reporting)(?:\s+by)?\s?:\s?\S.{0,60}$", re.IGNORECASE
)
_CAPTIONS = frozenset({"figcaption", "caption", "td", "th", "pre", "dt", "blockquote"})
_CLOSING = 4


def house_lines(units: list[Unit]) -> dict[Unit, str]:
    """Return the lines that a page prints by or in every article: advertisements, ways to share, contracts, credits."""
    found: dict[Unit, str] = {}
    for unit in units:
        if len(unit.text) > _LONGEST_LINE or unit.holder.tag in _CAPTIONS or unit.holder.tag in _LEVELS:
            continue
        if _HOUSE.match(unit.text) or _only_source(unit):
            found[unit] = "control"
        elif _CREDIT.match(unit.text) and not _captions(unit):
            found[unit] = "credit"
    for unit in units[-_CLOSING:]:
        if unit not in found and (_INITIALS.match(unit.text) or _EDITED.match(unit.text)):
            found[unit] = "byline"
    return found


def _captions(unit: Unit) -> bool:
    return any(holder.tag == "figure" for holder in ancestors(unit.holder, 4))


def _only_source(unit: Unit) -> bool:
    """Tell whether a line says no more than where a picture is from."""
    return unit.linked > 0 and bool(
        re.match(r"(?:via|source|quelle|fuente|fonte)[:\s]\s*\S{1,40}$", unit.text, re.IGNORECASE)
    )


def titled_lists(units: list[Unit]) -> dict[Unit, str]:
    """Return titles of lists of other articles, and of comments, and what stands under them."""
    found: dict[Unit, str] = {}
    last = max((at for at, unit in enumerate(units) if _reads(unit)), default=-1)
    before = 0
    for at, unit in enumerate(units):
        if unit in found:
            continue
        title = _title(unit)
        if title and before and _COMMENTS.fullmatch(title) and _ends_page(units, at):
            found.update(dict.fromkeys(units[at:], "comments"))
            break
        if title and _RELATED.fullmatch(title):
            under = _under(units, at, tail=at > last)
            if under or at > last or unit.linked:
                found.update(dict.fromkeys((unit, *under), "related-link"))
        before += _reads(unit)
    return found


def _title(unit: Unit) -> str:
    """Return a line's words as a title has them, "" for what is none."""
    if len(unit.text) > _LONGEST_TITLE or unit.holder.tag in ("td", "th", "dt", "pre", "h1"):
        return ""
    return _COUNT.sub("", unit.text.strip(_DECORATION)).strip(_DECORATION)


def _reads(unit: Unit) -> bool:
    return len(unit.text) >= _PROSE and unit.linked < 0.3 * len(unit.text)


def _ends_page(units: list[Unit], at: int) -> bool:
    """Tell whether no part of the article can follow: no heading of the same rank, unless it is furniture's."""
    level = _LEVELS.get(units[at].holder.tag)
    if level is None:
        return any(furniture(holder) == "comments" for holder in (units[at].holder, *ancestors(units[at].holder, 4)))
    return not any(_LEVELS.get(unit.holder.tag, 9) <= level and not _known(unit) for unit in units[at + 1 :])


def _known(unit: Unit) -> bool:
    title = _title(unit)
    return bool(title) and bool(_RELATED.fullmatch(title) or _COMMENTS.fullmatch(title))


def _under(units: list[Unit], at: int, *, tail: bool) -> list[Unit]:
    """Return what stands under a title: behind the article all that is no prose, within it what leads elsewhere."""
    level = _LEVELS.get(units[at].holder.tag, 9)
    box = _box(units, at)
    found: list[Unit] = []
    for unit in units[at + 1 :]:
        inside = box is not None and (unit.holder is box or box in ancestors(unit.holder))
        leads = unit.link_density >= _LINKS or _in_link(unit)
        if _reads(unit) or (not inside and not leads and (not tail or _LEVELS.get(unit.holder.tag, 9) <= level)):
            break
        found.append(unit)
    return found


def _in_link(unit: Unit) -> bool:
    return unit.holder.tag == "a" or any(holder.tag == "a" for holder in ancestors(unit.holder, 4))


def _box(units: list[Unit], at: int) -> Node | None:
    """Return what a title begins: the largest element whose first words they are, where it holds more."""
    unit = units[at]
    before = {units[at - 1].holder, *ancestors(units[at - 1].holder)} if at else set()
    box: Node | None = None
    for holder in (unit.holder, *ancestors(unit.holder, 6)):
        if holder.tag == "body" or holder in before:
            break
        box = holder
    return box if box is not None and (box is not unit.holder or not unit.whole) else None
