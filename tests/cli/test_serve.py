"""`earmark serve`: what a browser, a podcast client and somebody who means harm get from it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from earmark.cli import serving as serving_module
from earmark.cli.web import pages
from earmark.cli.web.folder import names_of
from earmark.cli.web.handler import Served
from earmark.cli.web.ranges import Unsatisfiable, byte_range, is_unchanged, may_resume
from earmark.cli.web.server import Server

COMMAND = Path(sys.executable).with_name("earmark")
CHECKERS = Path(__file__).parents[1] / "checkers"
Run = Callable[..., Any]
Write = Callable[[str, str], Path]

PAGE = b"""<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'"></head>
<body><p>Words</p></body></html>"""
FEED = b"""<rss><atom:link href="https://example.org/a&amp;b/feed.xml"/><enclosure url="https://example.org/a&amp;b/one/one.mp3?v=1"/>
<link>https://example.org/a&amp;b/blog/one</link></rss>"""
SOUND = bytes(range(256)) * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    audio = tmp_path / "audio"
    for name in ("one", ".earmark"):
        (audio / name).mkdir(parents=True)
    for name, data in {
        "index.html": b"<html><body>library</body></html>",
        "feed.xml": FEED,
        "one/index.html": PAGE,
        "one/transcript.html": PAGE.replace(b"; script-src 'self'", b""),
        "one/one.mp3": SOUND,
        "one/captions.vtt": b"WEBVTT\n",
        "one/captions.srt": b"",
        "one/chapters.json": b"{}",
        "one/edition.json": b"{}",
        "one/Größe & mehr.txt": b"",
        ".earmark/index": b"private",
    }.items():
        (audio / name).write_bytes(data)
    (tmp_path / "secret.txt").write_text("secret")
    (audio / "out.txt").symlink_to("../secret.txt")
    (audio / "hidden.txt").symlink_to(".earmark/index")
    (audio / "out").symlink_to("..")
    (audio / "circle").symlink_to("circle")
    return audio.resolve()


@contextmanager
def served(folder: Path, host: str = "127.0.0.1", **more: Any) -> Iterator[Server]:  # noqa: ANN401 (any of the server's)
    server = Server(host, 0, Served(folder, "https://example.org/a&b/", hold=more.pop("hold", 20.0)), **more)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.served.stop.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with served(folder) as server:
        yield server


Ask = Callable[..., tuple[http.client.HTTPResponse, bytes]]


@pytest.fixture
def ask(server: Server) -> Iterator[Ask]:
    """Return what asks on one connection that is kept."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)) as connection:

        def asks(path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return response, response.read()

        yield asks


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/one/", "text/html; charset=utf-8"),
        ("/one/one.mp3", "audio/mpeg"),
        ("/one/captions.vtt", "text/vtt; charset=utf-8"),
        ("/one/captions.srt", "application/x-subrip; charset=utf-8"),
        ("/one/chapters.json", "application/json+chapters"),
        ("/one/edition.json", "application/json"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/one/Gr%C3%B6%C3%9Fe%20%26%20mehr.txt", "text/plain; charset=utf-8"),
        ("/one/one.mp3?v=3&x=%2e%2e#t=1", "audio/mpeg"),
    ],
)
def test_each_file_has_its_type_and_head_tells_the_same(ask: Ask, path: str, kind: str) -> None:
    got, body = ask(path)
    head, nothing = ask(path, "HEAD")
    assert (got.status, head.status, nothing) == (200, 200, b"")
    for response in (got, head):
        assert response.headers["Content-Type"] == kind
        assert response.headers["Content-Length"] == str(len(body))
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-cache"
    assert got.headers["ETag"] == head.headers["ETag"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-", (90, 100)),
        ("bytes=90-999", (90, 100)),
        ("bytes=-5", (95, 100)),
        ("bytes=-500", (0, 100)),
        ("BYTES=1-2", (1, 3)),
        ("bytes=5-4", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("bytes=x-", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_ranges(header: str, expected: tuple[int, int] | None) -> None:
    assert byte_range(header, 100) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-1", 0)])
def test_ranges_behind_the_end(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        byte_range(header, size)


def test_a_download_is_resumed_where_it_stopped(ask: Ask) -> None:
    whole, sound = ask("/one/one.mp3")
    assert (whole.headers["Accept-Ranges"], sound) == ("bytes", SOUND)
    tag, modified = whole.headers["ETag"], whole.headers["Last-Modified"]
    for condition in (tag, modified, ""):
        headers = {"Range": "bytes=1000-", **({"If_Range": condition} if condition else {})}
        part, rest = ask("/one/one.mp3", **headers)
        assert part.status == 206
        assert part.headers["Content-Range"] == f"bytes 1000-{len(SOUND) - 1}/{len(SOUND)}"
        assert SOUND[:1000] + rest == SOUND
    for condition in ('"other"', f"W/{tag}", "Sat, 01 Jan 2000 00:00:00 GMT", "nonsense"):
        other, again = ask("/one/one.mp3", Range="bytes=1000-", If_Range=condition)
        assert (other.status, again) == (200, SOUND)
    beyond, _ = ask("/one/one.mp3", Range=f"bytes={len(SOUND)}-")
    assert (beyond.status, beyond.headers["Content-Range"]) == (416, f"bytes */{len(SOUND)}")
    assert ask("/one/one.mp3", "HEAD", Range="bytes=0-1")[0].status == 200


def test_what_the_client_has_is_not_sent_again(ask: Ask, folder: Path) -> None:
    first, _ = ask("/one/one.mp3")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"x", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
    ):
        again, body = ask("/one/one.mp3", **headers)
        assert (again.status, body, again.headers["ETag"]) == (304, b"", tag)
    assert ask("/one/one.mp3", If_None_Match='"x"', If_Modified_Since=modified)[0].status == 200
    (folder / "one/one.mp3").write_bytes(SOUND + b"more")
    assert ask("/one/one.mp3", If_None_Match=tag)[0].status == 200
    page, _ = ask("/one/")
    assert ask("/one/", If_None_Match=page.headers["ETag"])[0].status == 304


def test_conditions_that_are_none() -> None:
    assert not is_unchanged({"if-modified-since": "yesterday"}, '"a"', 5)
    assert not is_unchanged({"if-modified-since": "Thu, 01 Jan 1970 00:00:09 GMT"}, '"a"', None)
    assert not may_resume("Thu, 01 Jan 1970 00:00:09 GMT", '"a"', None)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/one/%2e%2e/%2E%2E/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/one/..;/..;/secret.txt",
        "/out.txt",
        "/out/secret.txt",
        "/out/",
        "/circle",
        "/hidden.txt",
        "/.earmark/index",
        "/one/./one.mp3",
        "/one//one.mp3",
        "/one/one.mp3/",
        "/one/one.mp3%00.html",
        "/%00",
        "/C:/Windows/win.ini",
        "/c%3a/Windows",
        "/one/one.mp3::$DATA",
        "/%ff",
        "/one/one.mp3%0d%0aSet-Cookie:x",
        "/" + "a/" * 3000,
        "/" + "a" * 5000,
        "http://127.0.0.1/../secret.txt",
        "one/one.mp3",
        "/-/other",
    ],
)
def test_nothing_outside_the_folder_is_served(server: Server, path: str) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in answer.partition(b"\r\n\r\n")[2]
    assert b"private" not in answer
    assert b"Set-Cookie" not in answer


def test_an_absolute_address_and_a_folder_without_its_slash(ask: Ask) -> None:
    assert names_of("HTTP://x/one/one.mp3?q") == ("one", "one.mp3")
    moved, _ = ask("/one")
    assert (moved.status, moved.headers["Location"]) == (301, "/one/")


def test_only_reading(ask: Ask) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer, _ = ask("/one/one.mp3", method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert ask("/", "BREW")[0].status == 501


def test_captions_may_be_read_by_other_sites_and_pages_not(ask: Ask) -> None:
    for name in ("captions.vtt", "captions.srt", "chapters.json"):
        assert ask(f"/one/{name}", Origin="https://elsewhere.example")[0].headers["Access-Control-Allow-Origin"] == "*"
    for name in ("", "edition.json", "one.mp3"):
        assert "Access-Control-Allow-Origin" not in ask(f"/one/{name}")[0].headers
    asked, _ = ask("/one/captions.vtt", "OPTIONS", Access_Control_Request_Headers="range")
    assert asked.status == 204
    assert asked.headers["Access-Control-Allow-Headers"] == "Range"


def test_a_name_on_the_web_that_leads_to_this_machine_gets_nothing(ask: Ask, folder: Path) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "[", "localhost@evil.example"):
        for method in ("GET", "OPTIONS"):
            assert ask("/one/", method, Host=host)[0].status == 421, host
    for host in ("localhost:9", "127.0.0.1", "[::1]:80", "LOCALHOST"):
        assert ask("/one/", Host=host)[0].status == 200, host
    with served(folder, "0.0.0.0") as open_to_all:  # noqa: S104 (what is tested)
        port = open_to_all.server_address[1]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request("GET", "/one/", headers={"Host": "desk.lan"})
            assert connection.getresponse().status == 200


def test_a_body_is_not_taken_for_the_next_request(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20) as connection:
        inner = b"GET /one/captions.vtt HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(b"GET /one/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 200") == 1


def test_pages_reload_themselves_and_their_policy_stays(ask: Ask, folder: Path) -> None:
    _, page = ask("/one/")
    assert page.replace(page[page.index(b"<script") : page.index(b"</body>")], b"") == PAGE
    assert (
        ask("/one/transcript.html")[1] == (folder / "one/transcript.html").read_bytes()
    )  # its policy allows no script
    assert (folder / "one/index.html").read_bytes() == PAGE
    script, body = ask("/-/reload.js")
    assert (script.headers["Content-Type"], body) == ("text/javascript; charset=utf-8", pages.SCRIPT)


def test_a_page_hears_of_its_own_change_and_of_no_other(folder: Path) -> None:
    with served(folder, hold=0.6) as server, urlopen(f"{server.served.here}one/") as got:  # noqa: S310 (loopback)
        seen = re.search(rb'data-seen="([^"]+)"', got.read())
        assert seen
        waiting = f"{server.served.here}-/changes.js?page=/one/&seen={seen[1].decode()}"
        (folder / "index.html").write_bytes(b"another library")
        with urlopen(waiting) as answer:  # noqa: S310 (loopback)
            assert answer.read() == pages.UNCHANGED
        (folder / "one/edition.json").write_bytes(b'{"other": 1}')
        started = time.monotonic()
        with urlopen(waiting) as answer:  # noqa: S310 (loopback)
            assert answer.read() == pages.CHANGED
        assert time.monotonic() - started < 0.5


def test_before_there_is_anything_a_page_waits_for_it(tmp_path: Path) -> None:
    with served(tmp_path.resolve(), hold=0.1) as server:
        with urlopen(server.served.here) as got:  # noqa: S310 (loopback)
            assert b"Nothing has been made yet" in got.read()
        with urlopen(f"{server.served.here}-/changes.js?page=/&seen=none") as got:  # noqa: S310 (loopback)
            assert got.read() == pages.UNCHANGED
        (tmp_path / "index.html").write_text("<html></html>")
        with urlopen(f"{server.served.here}-/changes.js?page=/&seen=none") as got:  # noqa: S310 (loopback)
            assert got.read() == pages.CHANGED


def test_the_feed_names_this_server_and_the_file_keeps_its_address(ask: Ask, server: Server, folder: Path) -> None:
    answer, feed = ask("/feed.xml")
    here = server.served.here.encode()
    assert answer.headers["Content-Length"] == str(len(feed))
    assert b'<atom:link href="' + here + b'feed.xml"/>' in feed
    assert b'<enclosure url="' + here + b'one/one.mp3?v=1"/>' in feed
    assert b"<link>https://example.org/a&amp;b/blog/one</link>" in feed  # no file of ours
    assert (folder / "feed.xml").read_bytes() == FEED
    server.served.address = ""
    assert ask("/feed.xml")[1] == FEED


def test_many_connections_at_once_and_one_more_that_says_nothing(folder: Path) -> None:
    with served(folder, patience=0.5) as server:
        address = ("127.0.0.1", server.server_address[1])
        idle = [socket.create_connection(address, timeout=20) for _ in range(200)]
        idle[0].sendall(b"GET / HTTP/1.1\r\nHost: lo")  # and never the rest
        with urlopen(f"{server.served.here}one/one.mp3") as got:  # noqa: S310 (loopback)
            assert got.read() == SOUND
        for connection in idle:
            assert connection.recv(1000) == b""  # they were hung up on
            connection.close()


def test_more_than_it_can_hold_are_hung_up_on_and_it_goes_on(folder: Path) -> None:
    with served(folder) as server:
        address = ("127.0.0.1", server.server_address[1])
        idle = [socket.create_connection(address, timeout=20) for _ in range(270)]
        assert idle[-1].recv(1000) == b""
        for connection in idle:
            connection.close()
        for _ in range(200):
            try:
                with urlopen(f"{server.served.here}one/one.mp3") as got:  # noqa: S310 (loopback)
                    assert got.read() == SOUND
                    return
            except OSError:
                continue
        pytest.fail("it never took another connection")


@contextmanager
def serving(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the installed command; give it and the address that it prints first."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603 (the command under test)
        [COMMAND, "serve", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stdout.read()
        yield process, found[0]
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def until(process: subprocess.Popen[str], words: str) -> str:
    """Return the command's next lines, up to one with these words."""
    assert process.stdout
    lines = ""
    for line in process.stdout:
        lines += line
        if words in line:
            return lines
    pytest.fail(f"{words!r} never came: {lines}")


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_from_an_edit_to_the_page_and_an_end_at_once(site: Path, write: Write, way: signal.Signals) -> None:
    write("earmark.toml", '[site]\naddress = "https://example.org/audio/"\n')
    write("one.md", "# One\n\nWords.\n")
    with serving("--port", 0) as (process, here):
        assert "feed to subscribe to: " + here + "feed.xml" in until(process, "feed to subscribe")
        with urlopen(here + "one/one.mp3") as got:  # noqa: S310 (loopback)
            before = got.read()
        write("earmark.toml", '[site]\naddress = "https://example.org/audio/"\nbroken')
        assert "this is not TOML" in until(process, "error:")
        write("earmark.toml", '[site]\naddress = "https://example.org/audio/"\n')
        write("one.md", "# One\n\nOther words than before.\n")
        assert "made one:" in until(process, "1 made")
        with urlopen(here + "one/one.mp3") as got:  # noqa: S310 (loopback)
            assert got.read() != before
        assert str(site) not in (site / "audio/feed.xml").read_text()
        assert here not in (site / "audio/feed.xml").read_text()
        process.send_signal(way)
        started = time.monotonic()
        assert process.wait(10) == 130
        assert time.monotonic() - started < 2


def test_without_watching_it_serves_what_is_there(site: Path, folder: Path) -> None:
    assert folder == (site / "audio").resolve()
    with serving("--no-watch", "--port", 0, "no-such-folder") as (process, here):
        until(process, "feed to subscribe")
        with urlopen(here + "one/one.mp3") as got:  # noqa: S310 (loopback)
            assert got.read() == SOUND
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


def test_a_port_that_is_taken(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nWords.\n")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--port", port)
        assert ended.code == 4
        assert f"port {port}: it is taken. Another program listens there" in ended.err
    assert "host 203.0.113.1: " in run("serve", "--port", 0, "--host", "203.0.113.1").err
    with (
        closing(socket.create_server(("127.0.0.1", 8000))) if _is_free(8000) else nullcontext(),
        serving() as (_, here),
    ):
        assert 8000 < int(here.rstrip("/").rpartition(":")[2]) <= 8050


@pytest.mark.parametrize("opens", [True, False])
def test_it_opens_the_browser_when_all_is_made(
    run: Run,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    opens: bool,  # noqa: FBT001 (a parameter)
) -> None:
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return opens

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", browse)
    monkeypatch.setattr(serving_module, "_wait_for_change", interrupted)
    write("one.md", "# One\n\nWords.\n")
    ended = run("serve", "--port", 0, "--host", "0.0.0.0", "--open")  # noqa: S104 (what is tested)
    assert ended.code == 130
    assert f"serving audio at {opened[0]} (Ctrl-C ends it)" in ended.out
    assert "whoever can reach this machine at 0.0.0.0 can read all of it" in ended.err
    assert "there is no feed: set address in [site]" in ended.err
    assert ("no browser could be opened" in ended.err) is not opens


def test_a_change_is_waited_for_until_it_has_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/x.md").write_text("not looked at")
    (tmp_path / "one.md").write_text("one")
    (tmp_path / "gone.md").symlink_to("nowhere")
    before = serving_module._state(tmp_path, tmp_path / "audio")  # noqa: SLF001 (what decides when to build)
    assert list(before) == [str(tmp_path / "one.md")]
    texts = iter(["one", "one more", "one more still", "", ""])
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        text = next(texts)
        if text:
            (tmp_path / "one.md").write_text(text)
            os.utime(tmp_path / "one.md", ns=(1, before[str(tmp_path / "one.md")][0] if text == "one" else len(text)))

    monkeypatch.setattr(time, "sleep", sleep)
    serving_module._wait_for_change(tmp_path, tmp_path / "audio", before)  # noqa: SLF001 (likewise)
    assert len(slept) == 4


def test_a_fault_of_ours_is_told_and_a_client_that_has_gone_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError(message)

    message = "planted"
    with served(folder) as server:
        with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20) as gone:
            gone.sendall(b"GET /one/one.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        monkeypatch.setattr(pages, "reloading", broken)
        with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20) as client:
            client.sendall(b"GET /one/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert client.recv(1000) == b""
    assert capfd.readouterr().err == "error: ValueError: planted, while serving. This is a fault of earmark.\n"


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_standard_input_can_not_be_watched(run: Run) -> None:
    assert run("serve", "-").code == 2
    assert run("serve", "nowhere").code == 2


def test_a_real_browser_shows_the_edit_and_its_policy_has_no_complaint(
    site: Path, write: Write, find_checker: Callable[[str], str]
) -> None:
    chromium, node = find_checker("chromium"), find_checker("node")
    find_checker("playwright-core")
    write("one.md", "# One\n\nWords.\n")
    with serving("--port", 0) as (process, here):
        until(process, "1 made")
        command = [node, "reload.mjs", chromium, f"{here}one/", "Other words than before."]
        browser = subprocess.Popen(command, cwd=CHECKERS, stdout=subprocess.PIPE, text=True)  # noqa: S603 (the checker)
        assert browser.stdout
        assert browser.stdout.readline() == "open\n"
        write("one.md", "# One\n\nOther words than before.\n")
        seen = json.loads(browser.stdout.readline())
        browser.stdout.close()
        assert browser.wait(30) == 0
    assert seen["complaints"] == []
    assert seen["hosts"] == [here.removeprefix("http://").rstrip("/")]
    assert site.is_dir()
