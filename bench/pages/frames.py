"""Pages as many publishing systems make them, written for this bench: an article with all that stands around it."""

import json
from collections.abc import Callable
from html import escape as e

from articles import Part, Story

_HEADLINES = (
    "Council votes to keep the clock tower", "Ten walks for a wet Sunday", "Why the bakery opened at midnight", "The river is back, and so are the herons",
    "What we know about the power cut", "Readers on their worst holidays", "The bridge that never was", "A short history of the lamp post",
)  # fmt: skip
_LABELS = {
    "en": ("Read more", "Related articles", "Most read", "Sign up for our newsletter and get the best of the week in your inbox.", "Share", "Comments", "Advertisement", "Tags"),
    "de": ("Lesen Sie auch", "Mehr zum Thema", "Meistgelesen", "Newsletter abonnieren: das Beste der Woche in Ihrem Postfach.", "Teilen", "Kommentare", "Anzeige", "Schlagworte"),
    "fr": ("Lire aussi", "Sur le même sujet", "Les plus lus", "Inscrivez-vous à notre newsletter pour recevoir le meilleur de la semaine.", "Partager", "Commentaires", "Publicité", "Mots-clés"),
    "es": ("Lea también", "Artículos relacionados", "Lo más leído", "Suscríbase a nuestro boletín y reciba lo mejor de la semana.", "Compartir", "Comentarios", "Publicidad", "Etiquetas"),
    "ru": ("Читайте также", "Материалы по теме", "Популярное", "Подпишитесь на рассылку и получайте лучшее за неделю.", "Поделиться", "Комментарии", "Реклама", "Теги"),
    "ja": ("関連記事", "関連ニュース", "アクセスランキング", "メールマガジンに登録して最新情報を受け取りましょう。", "シェア", "コメント", "広告", "タグ"),
    "ar": ("اقرأ أيضا", "مواضيع ذات صلة", "الأكثر قراءة", "اشترك في نشرتنا البريدية ليصلك أفضل ما في الأسبوع.", "شارك", "تعليقات", "إعلان", "وسوم"),
}  # fmt: skip
_COMMENTS = (
    (
        "walker61",
        "I took that very boat as a child, and I remember that the captain let me steer it, for about ten seconds, to great applause.",
    ),
    (
        "Noor",
        "With all respect, this misses the point, which is that nobody was asked, not once, in all those years, and people do notice such things.",
    ),
    (
        "old_tom",
        "First! But seriously, a lovely piece of writing, thank you, and please do more of these, because I am tired of bad news.",
    ),
)


def _labels(story: Story) -> tuple[str, ...]:
    return _LABELS[story.language[:2]]


def _links(count: int, start: int = 0, cls: str = "") -> str:
    items = "".join(
        f'<li><a href="/a/{at}">{_HEADLINES[(start + at) % len(_HEADLINES)]}</a></li>' for at in range(count)
    )
    return f'<ul class="{cls}">{items}</ul>'


def _body(  # noqa: PLR0913 (one form for each kind of part)
    story: Story, *, between: dict[int, str] | None = None, quote: str = "<blockquote><p>{}</p></blockquote>", caption: str = '<figure><img src="p.jpg" alt=""><figcaption>{}</figcaption></figure>', p: str = "<p>{}</p>", h2: str = "<h2>{}</h2>") -> str:  # fmt: skip
    out: list[str] = []
    listed: list[str] = []
    for at, (kind, words) in enumerate((*story.parts, ("end", ""))):
        if listed and kind != "li":
            out.append(f"<ul>{''.join(listed)}</ul>")
            listed = []
        if kind == "li":
            listed.append(f"<li>{e(words)}</li>")
        elif kind != "end":
            out.append({"p": p, "h2": h2, "quote": quote, "caption": caption}[kind].format(e(words)))
        if between and at in between:
            out.append(between[at])
    return "\n".join(out)


def _comments(cls: str = "comment") -> str:
    return "".join(
        f'<li class="{cls}"><div class="{cls}-author vcard">{name}</div><div class="{cls}-content"><p>{words}</p></div><a class="{cls}-reply-link" href="#r">Reply</a></li>'
        for name, words in _COMMENTS
    )


def _ld(story: Story, *, body: bool = False, kind: str = "NewsArticle") -> str:
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "datePublished": "2026-04-02T07:00:00Z",
        "publisher": {"@type": "Organization", "name": "The Coast Post"},
    }
    if body:
        data["articleBody"] = "\n".join(words for kind_, words in story.parts if kind_ != "caption")
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _page(story: Story, head: str, body: str, site: str = "The Coast Post") -> str:
    direction = ' dir="rtl"' if story.language == "ar" else ""
    return f'<!DOCTYPE html>\n<html lang="{story.language}"{direction}><head><meta charset="utf-8"><title>{e(story.title)} | {site}</title><meta property="og:title" content="{e(story.title)}"><meta property="og:site_name" content="{site}">{head}</head>\n{body}</html>\n'


_NAV = '<a class="skip-link screen-reader-text" href="#content">Skip to content</a><nav class="main-navigation" id="site-navigation"><ul class="menu"><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/about">About us</a></li></ul></nav>'


def wordpress(story: Story) -> str:
    """Return the story as wordpress would print it."""
    more, related, most, letter, share, comments, ad, tags = _labels(story)
    between = {
        2: f'<div class="code-block"><p style="font-size:10px">{ad}</p><ins class="adsbygoogle"></ins></div>',
        4: f'<p><strong>{more}:</strong> <a href="/x">{_HEADLINES[1]}</a></p>',
    }
    return _page(
        story,
        "",
        f"""<body class="post-template-default single single-post postid-12 has-sidebar"><div id="page" class="site">{_NAV}
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-12" class="post-12 post type-post status-publish hentry category-news tag-sea"><header class="entry-header"><h1 class="entry-title">{e(story.title)}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="2026-04-02">April 2, 2026</time></span> <span class="byline">by <a class="url fn n" rel="author" href="/author">{story.author}</a></span></div></header>
<div class="entry-content">{_body(story, between=between)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{share}:</h3><ul><li class="share-twitter"><a href="?share=t">Twitter</a></li><li class="share-facebook"><a href="?share=f">Facebook</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>{related}</em></h3>{_links(3)}</div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/c">News</a></span> <span class="tags-links">{tags}: <a href="/t">sea</a>, <a href="/u">boats</a></span></footer></article>
<nav class="navigation post-navigation"><div class="nav-links"><a href="/p" rel="prev">{_HEADLINES[2]}</a><a href="/n" rel="next">{_HEADLINES[3]}</a></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">3 {comments}</h2><ol class="comment-list">{_comments()}</ol><div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p class="comment-notes">Your email address will not be published. Required fields are marked *</p><textarea></textarea></form></div></div>
</main></div><aside id="secondary" class="widget-area"><section class="widget"><h2 class="widget-title">{most}</h2>{_links(5)}</section><section class="widget"><p>{letter}</p></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Proudly powered by a press, and by a great deal of tea, since 2011.</div></footer></div></body>""",
    )


def blocks_theme(story: Story) -> str:
    """Return the story as blocks theme would print it."""
    _more, related, _, letter, *_ = _labels(story)
    between = {
        3: f'<div class="wp-block-group has-background"><h3 class="wp-block-heading">{related}</h3>{_links(3, cls="wp-block-list")}</div>',
        6: f'<div class="newsletter-box"><p>{letter}</p><form><input type="email"><button>OK</button></form></div>',
    }
    return _page(
        story,
        _ld(story),
        f"""<body class="wp-singular"><div class="wp-site-blocks"><header class="wp-block-template-part">{_NAV}</header>
<main class="wp-block-group"><h1 class="wp-block-post-title">{e(story.title)}</h1><div class="wp-block-post-excerpt"><p>{e(story.lead)}</p></div>
<div class="entry-content wp-block-post-content">{_body(story, between=between, h2='<h2 class="wp-block-heading">{}</h2>', caption='<figure class="wp-block-image"><img src="a.jpg" alt=""><figcaption class="wp-element-caption">{}</figcaption></figure>')}
<div class="wp-block-group author-bio"><p><strong>{story.author}</strong> writes about small places for The Coast Post and lives with two cats near the sea, of which she is afraid.</p></div></div>
<div class="wp-block-group"><h2>More posts</h2><ul class="wp-block-post-template"><li><h3><a href="/1">{_HEADLINES[4]}</a></h3><time datetime="2026-03-01">March 1, 2026</time></li><li><h3><a href="/2">{_HEADLINES[5]}</a></h3></li></ul></div></main>
<footer class="wp-block-template-part"><p>Designed with care in a kitchen.</p></footer></div></body>""",
    )


def quality_paper(story: Story) -> str:
    """Return the story as quality paper would print it."""
    more, related, most, letter, share, comments, ad, _tags = _labels(story)
    between = {
        1: f'<aside class="element element-rich-link" data-component="rich-link"><span>{more}</span><a href="/r">{_HEADLINES[0]}</a></aside>',
        5: f'<figure id="signup" data-spacefinder-role="inline"><a href="#skip">skip past newsletter promotion</a><aside aria-label="newsletter promotion"><h2>The Weekly</h2><p>{letter}</p><span>Privacy Notice: Newsletters may contain information about charities, online adverts, and content funded by outside parties.</span></aside><p id="skip">after newsletter promotion</p></figure>',
        7: f'<div class="ad-slot-container"><div class="ad-slot" data-label="true">{ad}</div></div>',
    }
    css = "dcr-16w5gq9"
    return _page(
        story,
        _ld(story),
        f"""<body><div id="bannerandheader"><header role="banner"><a href="/support">Support us</a><nav>{_links(4)}</nav></header></div><main><article>
<div data-gu-name="headline"><h1 class="{css}">{e(story.title)}</h1></div><div data-gu-name="standfirst"><p>{e(story.lead)}</p></div>
<div data-gu-name="meta"><address aria-label="Contributor info"><a rel="author" href="/p">{story.author}</a></address><details><summary>Thu 2 Apr 2026 07.00 BST</summary>Last modified on Thu 2 Apr 2026 09.12 BST</details><div>{share}</div></div>
<div data-gu-name="body"><div id="maincontent"><div class="article-body-commercial-selector article-body-viewer-selector">{_body(story, between=between, p='<p class="' + css + '">{}</p>')}</div></div>
<div class="submeta"><span>Explore more on these topics</span><ul><li><a href="/t1">Ferries</a></li><li><a href="/t2">Rural life</a></li><li><a href="/t3">features</a></li></ul><a href="/share">{share}</a><a href="/reuse">Reuse this content</a></div></div></article></main>
<section id="onward"><h2>{related}</h2>{_links(6)}</section><section id="comments"><h2>{comments} (3)</h2><ul>{_comments("d-comment")}</ul></section><aside id="most-viewed"><h2>{most}</h2>{_links(8)}</aside><footer><p>All the day's headlines and highlights, direct to you every morning</p></footer></body>""",
    )


def broadcaster(story: Story) -> str:
    """Return the story as broadcaster would print it."""
    _, related, _most, _letter, _share, *_ = _labels(story)
    blocks = []
    for kind, words in story.parts:
        if kind == "caption":
            blocks.append(
                f'<figure class="ssrcss-fig"><div><picture><img src="b.jpg" alt=""></picture><span class="visually-hidden">Image source, </span><span role="text" class="ssrcss-credit">Getty Images</span></div><figcaption class="ssrcss-cap"><span class="visually-hidden">Image caption, </span><p>{e(words)}</p></figcaption></figure>'
            )
        elif kind == "h2":
            blocks.append(f'<div data-component="subheadline-block"><h2 class="ssrcss-h">{e(words)}</h2></div>')
        elif kind == "li":
            blocks.append(f'<div data-component="unordered-list-block"><ul><li>{e(words)}</li></ul></div>')
        else:
            blocks.append(
                f'<div data-component="text-block" class="ssrcss-txt"><div class="ssrcss-rich"><p class="ssrcss-p">{e(words)}</p></div></div>'
            )
    blocks.insert(
        4,
        f'<div data-component="links-block"><div role="region" aria-labelledby="x"><h2 id="x">{related}</h2><div><ul><li><div><a href="/1">{_HEADLINES[6]}</a></div></li><li><div><a href="/2">{_HEADLINES[7]}</a></div></li></ul></div></div></div>',
    )
    return _page(
        story,
        _ld(story),
        f"""<body><div id="root"><header role="banner"><nav>{_links(6)}</nav></header><main id="main-content"><article class="ssrcss-art"><header><h1 id="main-heading">{e(story.title)}</h1><div data-component="byline-block"><div><span>{story.author}</span><span>Rural affairs correspondent</span></div></div><div><time datetime="2026-04-02T07:00">Published 2 April 2026</time></div></header>
{"".join(blocks)}</article><div data-component="topic-list"><h2>Related Topics</h2>{_links(3)}</div><section data-component="related-stories"><h2>{related}</h2>{_links(4)}</section></main><section><h2>Top stories</h2>{_links(5)}</section><footer role="contentinfo"><p>The Post is not responsible for the content of external sites. Read about our approach to external linking.</p></footer></div></body>""",
    )


def gray_lady(story: Story) -> str:
    """Return the story as gray lady would print it."""
    _, _, _, letter, *_ = _labels(story)
    parts = [(kind, words) for kind, words in story.parts]
    half = len(parts) // 2

    def column(some: list[Part]) -> str:
        return f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{_body(Story(story.language, "", "", "", tuple(some)), p="<p class=css-at9mc1>{}</p>")}</div></div>'

    return _page(
        story,
        _ld(story),
        f"""<body><div id="app"><div id="site-content"><header><a href="/">Home</a></header><main><article id="story"><div id="top-wrapper"><div id="top-slug">Advertisement</div><a href="#after-top">SKIP ADVERTISEMENT</a></div>
<header class="css-header"><h1 data-testid="headline">{e(story.title)}</h1><p id="article-summary" class="css-79rysd">{e(story.lead)}</p><div data-testid="photoviewer-wrapper"><figure><img src=x alt=""><figcaption><span class="css-credit">Credit...Dana Lee for The Coast Post</span></figcaption></figure></div><div><p class="css-byline">By <span itemprop="name">{story.author}</span></p><time datetime="2026-04-02">April 2, 2026</time></div></header>
<section name="articleBody" class="meteredContent">{column(parts[:half])}<div id="story-ad-1-wrapper" class="css-ad"><p>Advertisement</p><a href="#after">SKIP ADVERTISEMENT</a></div>{column(parts[half:])}<div class="bottom-of-article"><div><p>{story.author} is a reporter on the Metro desk, covering places that are hard to reach.</p></div></div></section></article></main>
<div id="bottom-sheet"><h2>More in News</h2>{_links(6)}<h2>Editors' Picks</h2>{_links(3)}<p>{letter}</p></div><footer><nav>{_links(4)}</nav></footer></div></div></body>""",
        "The Gray Lady",
    )


def medium(story: Story) -> str:
    """Return the story as medium would print it."""
    return _page(
        story,
        _ld(story, kind="SocialMediaPosting"),
        f"""<body><div id="root"><div class="a b c"><div class="d e"><a href="/m">Open in app</a><a href="/s">Sign up</a><a href="/i">Sign in</a></div><div class="l"><article><div class="m"><section><div><div class="fr fs ft"><div><h1 id="t" class="pw-post-title fu fv">{e(story.title)}</h1></div><div><h2 class="pw-subtitle-paragraph gt">{e(story.lead)}</h2></div>
<div class="speechify-ignore"><div><a rel="noopener follow" href="/@a">{story.author}</a><span>·</span><button>Follow</button></div><div><span data-testid="storyReadTime">6 min read</span><span>·</span><span data-testid="storyPublishDate">Apr 2, 2026</span></div></div><div class="speechify-ignore"><span>214</span><span>3</span><button>Listen</button><button>Share</button></div>
{_body(story, p='<p class="pw-post-body-paragraph hy hz">{}</p>', h2='<h1 class="ja jb">{}</h1>', quote='<blockquote class="kf"><p class="kg">{}</p></blockquote>')}</div></div></section></div></article>
<div class="mn"><a href="/tag/1">Cities</a><a href="/tag/2">Maps</a></div><div><h2>Written by {story.author}</h2><span>1.2K Followers</span><p>I walk up things and write them down. Views are my own, and sometimes the neighbor's.</p></div><div><h2>More from {story.author}</h2><div><article><h2>{_HEADLINES[3]}</h2><p>And what it means for you</p></article><article><h2>{_HEADLINES[5]}</h2></article></div></div><div>Recommended from Medium {_links(4)}</div></div><footer><a>Help</a><a>Status</a><a>About</a></footer></div></div></body>""",
        "Medium",
    )


def newsletter(story: Story) -> str:
    """Return the story as newsletter would print it."""
    _, _, _, _letter, *_ = _labels(story)
    box = '<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">Thanks for reading! Subscribe for free to receive new posts and support my work.</p></div><form><input><button>Subscribe</button></form></div></div>'
    between = {
        4: box,
        8: '<p class="button-wrapper"><a class="button primary" href="/share"><span>Share</span></a></p>',
    }
    return _page(
        story,
        _ld(story, kind="NewsArticle"),
        f"""<body><div id="entry"><div class="main-menu"><a href="/">{story.author}'s Letters</a><button>Subscribe</button><button>Sign in</button></div><div class="single-post-container"><div class="container"><div class="single-post"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title">{e(story.title)}</h1><h3 class="subtitle">{e(story.lead)}</h3><div class="byline-wrapper"><a href="/@x">{story.author}</a><div>Apr 02, 2026</div></div><div class="post-ufi"><a>17</a><a>4</a><a>Share</a></div></div>
<div class="available-content"><div class="body markup" dir="auto">{_body(story, between=between, quote='<div class="pullquote"><p>{}</p></div>')}</div></div></article><div class="post-footer"><div class="likes">17 Likes</div></div></div></div></div><div class="comments-section"><h4>Discussion about this post</h4>{_comments("comment")}</div><div class="footer"><p>© 2026 {story.author}. Privacy ∙ Terms ∙ Collection notice</p></div></div></body>""",
        "Letters",
    )


def ghost(story: Story) -> str:
    """Return the story as ghost would print it."""
    return _page(
        story,
        _ld(story, kind="Article"),
        f"""<body class="post-template tag-essays"><div class="gh-viewport"><header id="gh-navigation" class="gh-navigation"><nav>{_links(3)}</nav></header><main id="site-main" class="site-main"><article class="gh-article post tag-essays"><header class="gh-article-header gh-canvas"><a class="gh-article-tag" href="/tag/essays/">Essays</a><h1 class="gh-article-title is-title">{e(story.title)}</h1><p class="gh-article-excerpt is-body">{e(story.lead)}</p><div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author">{story.author}</a></h4><div class="gh-article-meta-content"><time datetime="2026-04-02">02 Apr 2026</time><span>4 min read</span></div></div></header>
<section class="gh-content gh-canvas is-body">{_body(story, caption='<figure class="kg-card kg-image-card kg-card-hascaption"><img src="i.jpg" class="kg-image" alt=""><figcaption><span>{}</span></figcaption></figure>')}<div class="kg-card kg-signup-card"><h2>Sign up for more like this</h2><p>No spam. Unsubscribe anytime.</p></div></section></article></main><section class="gh-container is-grid gh-outer"><h2 class="gh-container-title">Read more</h2><div class="gh-feed"><article class="gh-card post"><h3 class="gh-card-title">{_HEADLINES[2]}</h3><p class="gh-card-excerpt">It was warm in there, and the street was dark, and somebody had to begin, as the baker likes to say.</p></article><article class="gh-card post"><h3>{_HEADLINES[4]}</h3></article></div></section><footer class="gh-footer"><p>Powered by a ghost</p></footer></div></body>""",
        "Essays",
    )


def blogger(story: Story) -> str:
    """Return the story as blogger would print it."""
    words = "<br /><br />\n".join(f"<b>{e(w)}</b>" if kind == "h2" else e(w) for kind, w in story.parts)
    return _page(
        story,
        "",
        f"""<body class="loading"><div id="navbar"></div><div class="body-fauxcolumns"></div><div class="content"><div class="content-inner"><header><div class="header section" id="header"><div class="widget Header"><h1 class="title"><a href="/">My Small Notebook</a></h1></div></div></header><div class="main-outer"><div class="columns"><div class="column-center-inner"><div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>Thursday, April 2, 2026</span></h2><div class="date-posts"><div class="post-outer"><div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title">{e(story.title)}</h3><div class="post-header"></div>
<div class="post-body entry-content" id="post-body-1"><div dir="ltr" style="text-align: left;">{words}</div><div style="clear: both;"></div></div>
<div class="post-footer"><div class="post-footer-line post-footer-line-1"><span class="post-author vcard">Posted by <span class="fn">{story.author}</span></span> <span class="post-timestamp">at <a href="/t"><abbr class="published" title="2026-04-02">7:00 AM</abbr></a></span><div class="post-share-buttons"><a>Email This</a><a>BlogThis!</a></div></div><div class="post-footer-line"><span class="post-labels">Labels: <a href="/l">sea</a>, <a href="/m">boats</a></span></div></div></div>
<div class="comments" id="comments"><h4>3 comments:</h4><dl class="avatar-comment-indent">{"".join(f'<dt class="comment-author">{n} said...</dt><dd class="comment-body"><p>{w}</p></dd>' for n, w in _COMMENTS)}</dl></div></div></div></div></div></div><div class="blog-pager" id="blog-pager"><a href="/n">Newer Post</a><a href="/o">Older Post</a></div></div></div></div>
<div class="column-right-outer"><aside><div class="sidebar section"><div class="widget BlogArchive"><h2>Blog Archive</h2>{_links(6)}</div><div class="widget Profile"><h2>About Me</h2><p>I keep a notebook, and sometimes, when it rains, I type it up for nobody in particular.</p></div></div></aside></div></div></div></div></div></body>""",
        "My Small Notebook",
    )


def drupal(story: Story) -> str:
    """Return the story as drupal would print it."""
    _more, related, most, letter, _share, _, *_ = _labels(story)
    return _page(
        story,
        "",
        f"""<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><div id="page-wrapper"><div id="page"><header id="header" class="header" role="banner"><div class="region region-header"><nav role="navigation">{_links(4)}</nav></div></header><div class="highlighted"></div><div id="main-wrapper" class="layout-main-wrapper clearfix"><div id="main" class="layout-main"><main id="content" class="column main-content" role="main"><div class="region region-breadcrumb"><nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ol></nav></div><div class="region region-content"><div class="block block-core block-page-title-block"><h1 class="title page-title"><span class="field field--name-title">{e(story.title)}</span></h1></div>
<article role="article" class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Submitted by <span class="field field--name-uid">{story.author}</span> on <span class="field field--name-created">Thu, 04/02/2026 - 07:00</span></div></footer><div class="node__content"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{_body(story)}</div><div class="field field--name-field-tags"><h3 class="field__label">Tags</h3><ul class="links field__items"><li><a href="/t">sea</a></li></ul></div><section class="field field--name-comment comment-wrapper"><h2 class="title comment-form__title">Add new comment</h2>{_comments("comment")}</section></div></article><div class="block-views"><h2>{related}</h2><div class="views-row"><a href="/1">{_HEADLINES[0]}</a></div><div class="views-row"><a href="/2">{_HEADLINES[1]}</a></div></div></div></main><div id="sidebar-first" class="column sidebar"><aside role="complementary"><h2>{most}</h2>{_links(5)}</aside></div></div></div><footer class="site-footer"><p>{letter}</p></footer></div></div></div></body>""",
    )


def wiki(story: Story) -> str:
    """Return the story as wiki would print it."""
    words = _body(
        story,
        h2='<div class="mw-heading mw-heading2"><h2>{}</h2><span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/e">edit</a><span class="mw-editsection-bracket">]</span></span></div>',
        caption='<figure class="mw-default-size" typeof="mw:File/Thumb"><a><img src="f.jpg" alt=""></a><figcaption>{}</figcaption></figure>',
    )
    return _page(
        story,
        "",
        f"""<body class="mediawiki ltr ns-0 ns-subject"><div class="vector-header-container"><header class="vector-header mw-header"><div id="p-search">Search</div></header></div><div class="mw-page-container"><div class="vector-column-start"><nav class="vector-main-menu"><div class="vector-menu-heading">Navigation</div>{_links(5)}</nav></div><main id="content" class="mw-body"><h1 id="firstHeading" class="firstHeading mw-first-heading">{e(story.title)}</h1><div class="vector-page-toolbar"><nav><a>Article</a><a>Talk</a></nav><a>View history</a></div><div id="bodyContent"><div id="siteSub" class="noprint">From the Open Almanac, the free book</div><div id="mw-content-text" class="mw-body-content"><div class="mw-content-ltr mw-parser-output"><div role="note" class="hatnote navigation-not-searchable">For other boats, see <a href="/b">Boats</a>.</div>{words}
<div class="navbox"><table><tr><th>Places</th><td><a>One</a> · <a>Two</a> · <a>Three</a></td></tr></table></div></div><div class="printfooter">Retrieved from "https://example.org/w"</div></div><div id="catlinks" class="catlinks"><a>Categories</a>: <ul><li><a>Ferries</a></li><li><a>Towns</a></li></ul></div></div></main></div><footer class="mw-footer"><ul id="footer-info"><li>This page was last edited on 2 April 2026, at 07:00.</li><li>Text is available under a licence; additional terms may apply.</li></ul></footer></body>""",
        "Open Almanac",
    )


def docs(story: Story) -> str:
    """Return the story as docs would print it."""
    toc = "".join(
        f'<li><a class="table-of-contents__link" href="#{at}">{e(words)}</a></li>'
        for at, (kind, words) in enumerate(story.parts)
        if kind == "h2"
    )
    return _page(
        story,
        "",
        f"""<body class="navigation-with-keyboard"><div role="region" aria-label="Skip to main content"><a class="skipToContent" href="#x">Skip to main content</a></div><nav class="navbar navbar--fixed-top">{_links(3)}</nav><div id="__docusaurus" class="main-wrapper"><div class="container margin-vert--lg"><div class="row"><aside class="col col--3"><nav aria-label="Blog recent posts navigation"><div>All posts</div>{_links(6)}</nav></aside><main class="col col--7"><article><header><h1 class="title_f1Hy">{e(story.title)}</h1><div class="container_mt6G"><time datetime="2026-04-02">April 2, 2026</time> · 5 min read</div><div class="margin-top--md row"><div class="avatar"><a href="/a"><span>{story.author}</span></a><small class="authorTitle_x">Maintainer</small></div></div></header><div id="__blog-post-container" class="markdown">{_body(story, h2='<h2 class="anchor">{}<a href="#h" class="hash-link" aria-label="Direct link" title="Direct link">#</a></h2>')}</div><footer class="row docusaurus-mt-lg"><div class="col"><b>Tags:</b><ul class="tags_jXut"><li><a>cache</a></li><li><a>speed</a></li></ul></div><div class="col"><a href="/edit">Edit this page</a></div></footer></article><nav class="pagination-nav docusaurus-mt-lg"><a class="pagination-nav__link"><div class="pagination-nav__sublabel">Newer post</div><div class="pagination-nav__label">{_HEADLINES[4]}</div></a></nav></main><div class="col col--2"><div class="tableOfContents_bqdL"><ul class="table-of-contents">{toc}</ul></div></div></div></div></div><footer class="footer footer--dark"><p>Copyright © 2026. Built with rather a lot of things.</p></footer></body>""",
        "Docs",
    )


def jekyll(story: Story) -> str:
    """Return the story as jekyll would print it."""
    return _page(
        story,
        _ld(story, kind="BlogPosting"),
        f"""<body><header class="site-header" role="banner"><div class="wrapper"><a class="site-title" rel="author" href="/">A quiet blog</a><nav class="site-nav"><a class="page-link" href="/about/">About</a></nav></div></header><main class="page-content" aria-label="Content"><div class="wrapper"><article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting"><header class="post-header"><h1 class="post-title p-name" itemprop="name headline">{e(story.title)}</h1><p class="post-meta"><time class="dt-published" datetime="2026-04-02T00:00:00+00:00" itemprop="datePublished">Apr 2, 2026</time> • <span itemprop="author"><span class="p-author h-card" itemprop="name">{story.author}</span></span></p></header><div class="post-content e-content" itemprop="articleBody">{_body(story)}</div><a class="u-url" href="/x" hidden></a></article></div></main><footer class="site-footer h-card"><div class="wrapper"><p>I write about machines, and about the people who are kind to them.</p></div></footer></body>""",
        "A quiet blog",
    )


def site_builder(story: Story) -> str:
    """Return the story as site builder would print it."""
    return _page(
        story,
        "",
        f"""<body id="collection-1" class="tweak-blog"><div id="siteWrapper" class="clearfix site-wrapper"><header id="header" class="header"><div class="header-nav"><nav>{_links(4)}</nav></div></header><main id="page" class="container" role="main"><article class="sections" id="sections"><section class="page-section blog-item-section"><div class="content-wrapper"><div class="content"><div class="blog-item-wrapper"><article id="article-" class="h-entry entry blog-item"><div class="blog-item-inner-wrapper"><div class="blog-item-top-wrapper"><div class="blog-item-title"><h1 class="entry-title" data-content-field="title">{e(story.title)}</h1></div><div class="blog-meta-primary"><span class="blog-author">Written By {story.author}</span></div></div><div class="blog-item-content-wrapper"><div class="blog-item-content e-content"><div class="sqs-layout sqs-grid-12 columns-12"><div class="row sqs-row"><div class="col sqs-col-12 span-12"><div class="sqs-block html-block sqs-block-html"><div class="sqs-block-content"><div class="sqs-html-content">{_body(story)}</div></div></div></div></div></div></div></div><div class="blog-item-author-profile-wrapper"><div class="author-profile"><a href="/x">{story.author}</a></div></div></div></article></div></div></div></section><section id="itemPagination" class="item-pagination"><a class="item-pagination-link"><div class="item-pagination-prev-next">Previous</div><h2 class="item-pagination-title">{_HEADLINES[1]}</h2></a></section></article></main><footer class="sections"><div class="sqs-block"><p>12 Quay Street, open Tuesday to Saturday, ring the bell twice.</p></div></footer></div></body>""",
        "Studio Quay",
    )


def tables(story: Story) -> str:
    """Return the story as tables would print it."""
    words = "".join(
        f'<h3><font color="#990000">{e(w)}</font></h3>'
        if kind == "h2"
        else f'<p align="justify"><font face="Verdana" size="2">{e(w)}</font></p>'
        for kind, w in story.parts
    )
    left = "<br>".join(f'<a href="/{at}">{headline}</a>' for at, headline in enumerate(_HEADLINES))
    return _page(
        story,
        "",
        f"""<body bgcolor="#ffffff"><form name="aspnetForm" method="post" action="./" id="aspnetForm"><table width="780" cellpadding="0" cellspacing="0"><tr><td colspan="3"><img src="logo.gif" alt="The Evening Paper"></td></tr><tr><td width="150" valign="top">{left}</td><td width="480" valign="top"><table width="100%"><tr><td><h1>{e(story.title)}</h1><span class="date">02.04.2026 07:00</span><br>{words}<p><a href="print">Print version</a> | <a href="mail">Send to a friend</a></p></td></tr></table></td><td width="150" valign="top"><b>Weather</b><br>Rain, 11 degrees<br><a href="/w">Forecast</a><br>{left}</td></tr><tr><td colspan="3" align="center"><small>© 2026 The Evening Paper. No part of this may be reproduced without written permission of the editor.</small></td></tr></table></form></body>""",
        "The Evening Paper",
    )


def regional(story: Story) -> str:
    """Return the story as regional would print it."""
    more, related, most, letter, share, comments, ad, tags = _labels(story)
    between = {
        1: f'<div class="teaser-inline"><span class="label">{more}</span><a href="/1"><h4>{_HEADLINES[2]}</h4></a></div>',
        3: f'<p class="article__link"><a href="/z"><strong>{_HEADLINES[7]}</strong></a></p>',
        5: f'<div class="ad-label">{ad}</div>',
    }
    return _page(
        story,
        _ld(story, body=True),
        f"""<body class="detail-page"><div class="consent-banner"><p>We and our 812 partners store and access information on your device, such as cookies, for the purposes listed below.</p></div><div class="page-header">{_NAV}</div><div class="grid"><div class="grid__main"><div class="article" itemscope itemtype="https://schema.org/NewsArticle"><div class="article__header"><span class="article__kicker">Region</span><h1 class="article__headline">{e(story.title)}</h1><p class="article__intro">{e(story.lead)}</p><div class="article__meta"><span class="article__author">{story.author}</span><span class="article__date">02.04.2026, 07:00</span></div><ul class="article__share"><li><a>Facebook</a></li><li><a>WhatsApp</a></li><li><a>E-Mail</a></li></ul></div><div class="article__body">{_body(story, between=between, p='<p class="article__paragraph">{}</p>')}</div><div class="article__tags">{tags}: <a>{story.title.split()[0]}</a> <a>Region</a></div></div><div class="newsletter-teaser"><p>{letter}</p></div><div class="more-articles"><h3>{related}</h3>{_links(4)}</div><div id="comments"><h3>{comments}</h3>{_comments("kommentar")}</div></div><div class="grid__side"><div class="most-read"><h3>{most}</h3>{_links(5)}</div></div></div><div class="page-footer"><p>{share} · Impressum · Datenschutz · AGB</p></div></body>""",
    )


def no_names(story: Story) -> str:
    """Return the story as no names would print it."""
    more, related, *_ = _labels(story)
    between = {2: f'<p><a href="/q">{more}: {_HEADLINES[5]}</a></p>'}
    return _page(
        story,
        "",
        f"""<body><div><div><a href="/">A</a> <a href="/b">B</a> <a href="/c">Contact us</a></div><div><h1>{e(story.title)}</h1><div><span>{story.author}</span> <span>2 April 2026</span></div>{_body(story, between=between, quote="<div><i>{}</i></div>", caption='<div><img src="x.jpg"><div>{}</div></div>')}</div><div><div>{related}</div><div><a href="/1">{_HEADLINES[0]}</a></div><div><a href="/2">{_HEADLINES[1]}</a></div><div><a href="/3">{_HEADLINES[2]}</a></div></div><div>All rights reserved. Made by hand.</div></div></body>""",
    )


def forum(story: Story) -> str:
    """Return the story as forum would print it."""
    words = "<br>".join(e(w) for _, w in story.parts)
    return _page(
        story,
        "",
        f"""<body id="phpbb" class="nojs notouch section-viewtopic"><div id="wrap" class="wrap"><div id="page-header"><div class="headerbar" role="banner"><p>Everything about boats</p></div><div class="navbar" role="navigation">{_links(3)}</div></div><div id="page-body" class="page-body" role="main"><h2 class="topic-title"><a href="/t">{e(story.title)}</a></h2><div id="p1" class="post has-profile bg2"><div class="inner"><dl class="postprofile"><dt><a class="username">{story.author}</a></dt><dd>Posts: 214</dd><dd>Joined: Tue Mar 03, 2009 9:12 pm</dd></dl><div class="postbody"><div id="post_content1"><h3 class="first"><a href="#p1">{e(story.title)}</a></h3><p class="author"><span>by <strong><a>{story.author}</a></strong> » Thu Apr 02, 2026 7:00 am</span></p><div class="content">{words}</div></div></div></div></div><div class="action-bar"><a class="button">Post Reply</a><div class="pagination">1 post • Page 1 of 1</div></div></div><div id="page-footer" class="page-footer"><p>Powered by forum software</p></div></div></body>""",
        "Boats",
    )


FRAMES: dict[Callable[[Story], str], tuple[int, ...]] = {
    wordpress: (0, 1, 4, 6), blocks_theme: (1, 2, 5), quality_paper: (0, 1, 2), broadcaster: (0, 6, 7), gray_lady: (2, 1), medium: (2, 3),
    newsletter: (1, 3), ghost: (3, 5), blogger: (0, 6), drupal: (1, 9), wiki: (0, 4), docs: (3,), jekyll: (3, 2), site_builder: (1, 5),
    tables: (0, 7), regional: (4, 5, 6, 8, 9), no_names: (0, 8), forum: (0, 3),
}  # fmt: skip
