"""Lines that are furniture as a whole: what a page's buttons, forms and small print say, and nothing beside it.

Each pattern is matched against a whole line, without its decoration. A word or two with a full stop behind
is somebody's sentence ("Save.", "Join us.") and never comes here.
"""

import re

from earmark.narration.furniture_words import NETWORKS

_I = re.IGNORECASE
_NAME = r"(?-i:[A-Z])[\w ’'&-]{1,40}"  # of a paper, a section, a writer
_STORY = r"(?:article|story|page|post|video)"

_COMMENTS = (
    r"(?:show|hide|view|load|read|see|post|add|leave|jump to|go to|join)(?: all| the| more| a)?(?: \d{1,6})? comments?",
    r"comments?(?: \(?\d{1,6}\)?| are (?:closed|off|turned off))",
    r"share what you think",
    r"the views expressed in the (?:contents|comments) (?:above|below) are those of our users[^.]{0,100}\.?",
    r"the comments below have (?:not )?been moderated(?: in advance)?\.?",
    r"have your say(?: (?:in|on) (?:our|the) (?:comments?|poll|forum)(?: section)?(?: below)?)?",
    r"what do you think\? (?:let us know|tell us|have your say|share your|join the|comment)\b[^\n]{0,120}",
    (
        r"(?:let us know|tell us|have your say|share your (?:thoughts|views?|opinions?)|comment)\b[^\n]{0,100}"
        r"\bcomments?(?: section| box)?(?: below)?[.!]?"
    ),
    r"join the (?:conversation|debate|discussion)(?: (?:below|here|in the comments(?: below)?))?",
)
_PLAYERS = (
    (
        r"(?:view|open|see|show) (?:the )?(?:\d{1,3} )?(?:full )?(?:images?|pictures?|photos?|gallery)"
        r"(?: in (?:full ?screen|gallery|a new window))?"
    ),
    r"(?:show|hide) caption",
    r"scroll down for (?:the )?(?:videos?|more|pictures)(?: and (?:videos?|more|pictures))?",
    r"(?:click|tap|press)(?: here)? to (?:play|share|enlarge|expand|zoom|copy|print|unmute)\b[^.,]{0,60}",
    r"video (?:loading|unavailable|player)",
    r"to (?:view|play|watch) this (?:video|content)[ ,]+(?:please |you need to )?enable[^\n]{0,200}",
    r"(?:your|this) browser (?:does not|doesn[’']t) support[^\n]{0,120}",
    r"listen to (?:this |the )?(?:article|story)(?: \(?\d[\d: ]{0,6}(?:min(?:ute)?s?)?\)?)?",
    r"listen to (?:our podcasts?(?: here)?|the best of [^.]{1,40} on bbc sounds)",
    r"\d{1,3}[ -]min(?:ute)?s? (?:read|listen)",
    r"reading time:? \d{1,3} min(?:ute)?s?",
)
_SITE = (
    r"(?:next|previous) (?:article|story|post)",
    r"read (?:this )?in (?:the )?app",
    (
        r"already (?:a (?:subscriber|member|customer)|registered|subscribed|have an account)\?"
        r" ?(?:please )?(?:log|sign)[ -]?in(?: here)?\.?"
    ),
    r"accessibility links|privacy (?:policy|notice)|cookie policy|terms (?:and|&) conditions|terms of (?:use|service)",
    r"(?:contact|about) us|advertise with us|what[’']s this\?|reuse this content|order (?:a )?reprints?",
    rf"report (?:an? )?(?:error|mistake|typo)(?: in this {_STORY})?|suggest a correction",
    r"(?:get|download|try) (?:our|the)(?: [\w’']{1,20}){0,4} app(?: (?:now|here|today))?",
    rf"why you can trust {_NAME}",
    r"story saved|you can find this story in my bookmarks\.?|licen[cs]e this content",
    r"the [\w ]{2,30} is not responsible for the content of external (?:internet )?sites\.?",
    r"our standards: the [\w ]{2,40} trust principles\.?",
    r"(?:more )?topics?:\s*(?-i:[A-Z0-9])[^.:;!?\n]{1,120}",
    (
        r"(?:do you have|have you got|got) a (?:story|news tip|tip)(?: (?:for us|to share|to tell|you[’']d like to share))?\?"
        r"(?=[^\n]{0,200}(?:newsdesk|newsroom|news team|reporters?\b|(?:news|newsdesk|tips?|stor(?:y|ies))@))[^\n]{0,200}"
    ),
)
_RELATED = (
    r"read (?:more|the|our|this)\b[^.,;:!?]{0,80}\bhere",
    r"read (?:more|(?:the|our) (?:full|whole))\b[^.,;:!?]{0,80}\bhere\.",
    r"read (?:our|the)(?: full)? (?:story|article|report|review|interview|column|explainer|analysis|guide)(?: here)?:[^\n]{2,140}",
    r"read more (?:from|by|of our) [^.,;:!?]{1,60}",
    rf"more (?:from|in) {_NAME}",
    r"(?:click|tap) here (?:to (?:read|see|view|watch|visit|find out|get)|for)\b[^.,]{0,80}\.?",
)  # fmt: skip
_SIGN_UP = (
    r"(?:please )?enter (?:your|a valid) e-?mail(?: address)?|invalid e-?mail(?: address)?",
    r"thank you for (?:subscribing|signing up|registering)!?|we have more newsletters",
    r"something went wrong, please try again(?: later)?\.?",
    r"by (?:entering your e-?mail|signing up|submitting|subscribing)\b[^\n]{0,200}\b(?:privacy|terms|agree|consent)\b[^\n]{0,100}",
    r"privacy notice: [^\n]{10,300}",
    r"(?:skip (?:past )?)?newsletter (?:promotion|sign[ -]?up)|(?:sign[ -]?up for )?(?:our )?free newsletters?",
    r"(?:click|tap) here to (?:sign[ -]?up|subscribe|register|join|follow|download)\b[^.,]{0,80}\.?",
    (
        r"(?:sign[ -]?up|subscribe|register)(?: now| here| today)? (?:for|to) (?:all )?(?:the )?(?:latest|breaking|top|biggest)"
        r" (?:[\w’'-]{1,20} ){0,3}(?:news|headlines|stories|updates)\b[^\n]{0,100}"
    ),
    rf"join (?:our|the)(?: [\w’'-]{{1,20}}){{0,4}} (?:whatsapp|{NETWORKS})(?: news)? (?:group|community|channel|page)\b[^\n]{{0,160}}",
)
_SHARE = (
    r"(?:link )?copied|copy link(?: copied)?",
    rf"(?:gift|e-?mail|print|bookmark) this {_STORY}(?: to a friend)?|save (?:article|for later)|e-?mail (?:it )?to a friend",
    rf"why not follow (?:us|me)(?: on {NETWORKS})?\?",
)
_ADVERTISEMENT = (
    r"advertisement\s*[-–—|:]?\s*(?:story|article|scroll)? ?(?:continues?|to continue)[^.]{0,30}",
    rf"(?:promoted|sponsored) (?:stories|links|by {_NAME})",
)
_CREDIT = (r"all rights reserved\.?",)

ALONE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile("|".join(f"(?:{phrase})" for phrase in phrases), _I))
    for reason, phrases in (
        ("navigation", (*_COMMENTS, *_PLAYERS, *_SITE)),
        ("related-link", _RELATED),
        ("sign-up", _SIGN_UP),
        ("share", _SHARE),
        ("advertisement", _ADVERTISEMENT),
        ("credit", _CREDIT),
    )
)

# Nothing but furniture in company: beside another of these, or beside a line that is furniture by itself.
IN_COMPANY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("share", re.compile(rf"(?:{NETWORKS}|share|save|saved|tweet|like|print|bookmark|copied)", _I)),
    ("sign-up", re.compile(r"(?:subscribe|register|newsletters?)", _I)),
    ("navigation", re.compile(r"(?:topics|log ?in|sign ?in|(?:show|see|view|load) (?:more|less)|comments?|loading|ad|previous|next"
        r"|\+?\d{1,6}(?: (?:shares|likes|comments))?)", _I)),
    ("related-link", re.compile(r"(?:popular|latest|related|don[’']t miss|watch|listen)", _I)),
)  # fmt: skip


def alone(text: str) -> str | None:
    """Return why a whole line is furniture by itself, None if its words may be the article's."""
    return next((reason for reason, pattern in ALONE if pattern.fullmatch(text)), None)


def in_company(text: str) -> str | None:
    """Return why a line would be furniture if furniture stood beside it."""
    return next((reason for reason, pattern in IN_COMPANY if pattern.fullmatch(text)), None)


# What stands over the names of topics, or of sites: each follows on a line of its own.
TAGS_HEADING = re.compile(
    r"(?:explore more on (?:these|this) topics?|(?:related )?topics|tags|related (?:internet )?links|more on)\s*:?", _I
)
# The last line of a newsletter's box; whatever stands between its first line and this one belongs to it.
BOX_END = re.compile(
    r"privacy notice: |after newsletter promotion|skip (?:past )?newsletter|by (?:entering your e-?mail|signing up)\b",
    _I,
)
