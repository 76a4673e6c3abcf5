"""What is changed on the way out, and only there: pages reload themselves, feeds name this server.

A page's own policy allows scripts from its own server and no connections, so the page waits by loading a
script which the server holds back until something has changed. The published files stay as they are.
"""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import escape as xml_escape

RELOAD = "/-/reload.js"
CHANGES = "/-/changes.js"
RECORD = "edition.json"

SCRIPT = b"""(() => {
  "use strict";
  const seen = document.currentScript.dataset.seen;
  const wait = () => {
    const script = document.createElement("script");
    script.src = "/-/changes.js?seen=" + seen + "&page=" + encodeURIComponent(location.pathname) + "&at=" + Date.now();
    script.onload = () => { script.remove(); if (document.documentElement.dataset.changed) location.reload(); else wait(); };
    script.onerror = () => { script.remove(); setTimeout(wait, 1000); };
    document.head.append(script);
  };
  if (document.readyState === "complete") wait(); else addEventListener("load", wait);
})();
"""
CHANGED = b'document.documentElement.dataset.changed = "1";\n'
UNCHANGED = b"\n"

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', re.IGNORECASE)
_HEAD = 8_192  # bytes of a page in which its policy stands

NOTHING_YET = b"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<title>Nothing has been made yet</title>
</head>
<body>
<h1>Nothing has been made yet</h1>
<p>This page shows the editions as soon as there are any.</p>
</body>
</html>
"""


def state_of(page: Path | None) -> str:
    """Return what changes when the page does: the edition's record, which is written last, else the page itself."""
    if page is None:
        return "none"
    record = page.parent / RECORD
    try:
        found = (record if record.is_file() else page).stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns:x}-{found.st_size:x}"


def reloading(data: bytes, seen: str) -> bytes:
    """Return the page with the script that reloads it; as it is if its policy allows none."""
    policy = _POLICY.search(data[:_HEAD])
    end = data.rfind(b"</body>")
    if end < 0 or (policy is not None and b"script-src 'self'" not in policy[1]):
        return data
    script = f'<script src="{RELOAD}" data-seen="{escape(seen)}"></script>\n'
    return data[:end] + script.encode() + data[end:]


def at_home(feed: bytes, address: str, here: str, is_ours: Callable[[str], bool]) -> bytes:
    """Return the feed with addresses of what is served here at `here`; all others stay, as those of the articles."""
    if not address:
        return feed
    old, new = xml_escape(address).encode(), here.encode()
    known: dict[bytes, bool] = {}

    def moved(found: re.Match[bytes]) -> bytes:
        path = found[1]
        if path not in known:
            known[path] = is_ours(unquote(path.decode("utf-8", "replace")))
        return new + path if known[path] else found[0]

    return re.sub(re.escape(old) + rb"""([^"'<>\s?#&]*)""", moved, feed)
