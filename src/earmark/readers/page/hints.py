"""What classes, ids and roles tell of a part of a page: names that publishing systems give, most to least sure."""

import re

from earmark.readers.page.tree import TEXT, Node, ancestors, descend

_I = re.IGNORECASE
_UNLIKELY = re.compile(
    r"-ad-|ai2html|banner|breadcrumb|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related"
    r"|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|yom-remote"
)
_MAYBE = re.compile(r"and|article|body|column|content|main|mathjax|shadow")
_POSITIVE = re.compile(r"article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story")
_NEGATIVE = re.compile(
    r"-ad-|hidden|^hid$| hid$| hid |^hid |banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related"
    r"|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget"
)
_UNLIKELY_ROLES = frozenset(
    {"menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog", "search", "toolbar", "tablist"}
)
_LANDMARK_ROLES = frozenset({"banner", "contentinfo"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BYLINE = re.compile(r"byline|dateline|writtenby|p-author|author(?!iz|it)")

# What stands inside an article and is no part of it: a whole word of a class or id, and the reason that is told.
_W = r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))"
_E = r"(?=$|[\s_-])"
_FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(rf"{_W}(?:{words}){_E}"))
    for reason, words in (
        (
            "related-link",
            (
                r"relate[ds]?|related(?:links?|posts?|articles?|stories|content|news|box|items?)?|relatedtopics|jp-relatedposts|yarpp|crp_related"
                r"|read-?(?:more|also|next|on)|more-?(?:stories|news|articles|like|on|from|reading|posts)|recommend(?:ed|ations?)?|recirc\w*|outbrain"
                r"|taboola|zergnet|revcontent|most-?(?:read|popular|viewed|shared)|popular-?posts|trending|also-?(?:like|read)|see-?also"
                r"|teasers?(?:-?list)?|linked-?list|further-?reading|up-?next|next-?(?:up|article|story)|prev-?next|post-?navigation|entry-?navigation"
                r"|nav-?links|rich-?link|element-rich-link|onward|story-?package|topic-?links|suggested(?:-?posts)?|article-?links|inline-?related"
                r"|aufmacher-?links|weiterlesen|lire-?aussi|leia-?mais|te-?puede|relacionad[ao]s?|te-?recomendamos|mehr-?zum-?thema|lesen-?sie-?auch"
                r"|leggi-?anche|lees-?ook|baca-?juga\w*|berita-?terkait\w*|terkait|ilgili-?haber\w*|diger-?haber\w*|mais-?lidas|mas-?leid[ao]s|meistgelesen"
            ),
        ),
        (
            "sign-up",
            (
                r"newsletter\w*|sign-?up\w*|signup|subscribe\w*|subscription\w*|mailing-?list|mc_embed_signup|mailchimp|email-?(?:form|capture|optin)"
                r"|optin|paywall\w*|regwall|piano\w*|register-?(?:box|wall)|membership-?promo|support-?us|donat(?:e|ion)\w*|patreon"
            ),
        ),
        (
            "share",
            (
                r"share\w*|sharing|sharedaddy|sd-?sharing\w*|addthis\w*|addtoany\w*|a2a_kit|social\w*|share-?(?:bar|buttons?|links|tools|this)|shariff"
                r"|jp-?likes\w*|follow-?(?:us|me)|like-?button|fb-?like|tweet-?button|tools-?bar|article-?tools|post-?tools|print-?button"
            ),
        ),
        (
            "advertisement",
            (
                r"ads?|ad-?(?:slot|unit|wrapper|container|block|break|box|label|placeholder|zone|banner|space)\w*|adsbygoogle|advert\w*|advertisement"
                r"|dfp\w*|gpt-ad\w*|sponsor(?:ed|ship)?\w*|promo(?:ted|tion|box|tions)?|partner-?content|banner-?ad|teads\w*|affiliate\w*"
            ),
        ),
        ("cookie-notice", r"cookies?-?\w*|consent\w*|gdpr\w*|ccpa|cmp|onetrust\w*"),
        (
            "comments",
            (
                r"comments?|comment-?(?:list|s-?area|form|respond|section|count|link|thread|box)\w*|disqus\w*|respond|livefyre|fb-?comments?"
                r"|discussion|replies|kommentar(?:e|er)?|commentaires|comentarios|comentários|commenti|reacties|yorum(?:lar)?|komentar(?:ze)?|reactions?|webmentions?|trackbacks?|pingbacks?"
            ),
        ),
        (
            "author-box",
            (
                r"author-?(?:box|bio|info|card|details|description|about|profile|block|area)\w*|about-?(?:the-?)?author|bio(?:graphy)?-?box|post-?author-?box"
                r"|byline-?bio|contributor-?bio|writer-?bio|article-?author-?bio|authors?-?bios?|vcard-?bio"
            ),
        ),
        (
            "tags",
            (
                r"tags|tag(?=$|\s)|tag-?(?:list|links|cloud)|tagcloud|post-?tags|entry-?tags|article-?tags|keywords|topics?(?:-?list)?|cat-?links|tags-?links"
                r"|post-?categor\w+|etiquetas|etiketler|schlagworte|mots-?cl[eé]s|filed-?under|entry-?utility|entry-?footer|post-?footer|entry-?meta-?footer|article-?topics"
            ),
        ),
        (
            "navigation",
            (
                r"breadcrumbs?\w*|bread-?crumbs?|nav|navbar|navigation\w*|menu|pagination|pager|page-?links|skip-?links?|toc-?toggle|site-?(?:header|footer)"
                r"|masthead|widget|widget-?area|sidebar\w*|toolbar|jump-?(?:link|to)\w*|back-?to-?top|scroll-?top|edit-?(?:section|page|link)|mw-editsection"
                r"|headerlink|hash-?link|navbox|vertical-navbox|catlinks|printfooter|mw-jump-link|noprint|ambox|hatnote-none|sphinxsidebar"
            ),
        ),
    )
)
# Names that hold such a word and hold the article as well.
_HOLDERS = re.compile(
    r"has-sidebar|no-sidebar|with-sidebar|sidebar-(?:left|right|none|no)|(?:left|right|no|one|two)-sidebar|content-sidebar|single-post"
    r"|(?:^|\s)(?:post|article|story|entry|[\w-]*article-?(?:page|wrap(?:per)?|container|main))(?=\s|$)|layout|page-?wrap|site-?content|article-?(?:body|content|text)|entry-?content|post-?(?:body|content)|story-?body|main-?content"
    r"|hentry|status-publish|type-post|format-standard|comments?-(?:open|closed|enabled|on|off)|paywall-?(?:content|body|article)"
)
_SENTENCE = 60
_LONGEST_NAME = 400  # characters of a class or an id that are looked at
_LINK_LINES = 3  # links that stand alone; a clean page has its links in paragraphs and lists
_STANDFIRST = re.compile(
    rf"{_W}(?:stand-?first|strap-?line|sub-?title|sub-?head(?:line)?|dek|deck|lead|lede|intro|excerpt|summary|brief|spot|ingress|chap[oô]|chapeau|vorspann|bajada|entradilla|sommario|sapo)\w*{_E}"
)
_FURNITURE_TAGS = {"nav": "navigation", "menu": "navigation"}


def framed(body: Node) -> bool:
    """Tell whether a page holds more than an article: what is furniture by its name or kind, or lines that are links."""
    lines, words = 0, 0
    for node in descend(body):
        if node.tag == TEXT and len(node.text) >= _SENTENCE and node.parent is not None and node.parent.tag != "a":
            words += 1
        if node is not body and (node.tag in ("nav", "footer", "form", "aside") or unlikely(node) or furniture(node)):
            return True
        if node.tag == "a" and node.parent is not None:
            leads = not words and not (node.attributes.get("href") or "#").startswith("#")  # a menu, before all prose
            lines += leads or node.parent.tag in ("body", "div", "td", "center")
    return lines >= _LINK_LINES


def unlikely(node: Node) -> bool:
    """Tell whether an element's names or role speak against its holding an article."""
    if (node.attributes.get("role") or "") in _UNLIKELY_ROLES | _LANDMARK_ROLES:
        return True
    if node.tag == "nav" or node.attributes.get("aria-modal") == "true":
        return True
    if node.tag in HEADINGS:  # "subheader" is what an article's own headings are called
        return False
    return bool(node.names) and bool(_UNLIKELY.search(node.names)) and not _MAYBE.search(node.names)


def weight(node: Node) -> int:
    """Return how far an element's class and id speak for an article: -50 to 50."""
    total = 0
    for name in (node.attributes.get("class"), node.attributes.get("id")):
        if name:
            lower = name[:_LONGEST_NAME].lower()
            total += 25 * (bool(_POSITIVE.search(lower)) - bool(_NEGATIVE.search(lower)))
    return total


def byline(node: Node) -> bool:
    """Tell whether an element names who wrote the article."""
    if node.attributes.get("rel") == "author" or "author" in (node.attributes.get("itemprop") or ""):
        return True
    return bool(node.names) and bool(_BYLINE.search(node.names))


def standfirst(node: Node) -> bool:
    """Tell whether an element is called what stands between a headline and its article."""
    return any(bool(holder.names) and bool(_STANDFIRST.search(holder.names)) for holder in (node, *ancestors(node, 2)))


def furniture(node: Node) -> str:
    """Return why an element within an article is no part of it by its names, role or kind, "" if nothing says so."""
    if node.tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[node.tag]
    role = node.attributes.get("role") or ""
    if role in _UNLIKELY_ROLES or role in _LANDMARK_ROLES:
        return "related-link" if role == "complementary" else "navigation"
    if not node.names or _HOLDERS.search(node.names):
        return ""
    return next((reason for reason, pattern in _FURNITURE if pattern.search(node.names)), "")
