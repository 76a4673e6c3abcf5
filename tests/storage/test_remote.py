"""Object stores: against real servers on loopback, of S3's protocol, and where it takes long of Azure's."""

import base64
import hashlib
import hmac
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.utils import formatdate
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from earmark.errors import EarmarkError
from earmark.library.distributed.mirrors import Mirror, _safe, mirror_of
from earmark.storage import remote as remote_module
from earmark.storage.remote import Remote, StoreUnreachable, StoreUnusable, address_of
from earmark.storage.shared import SharedStore

SERVER = Path(__file__).parents[1] / "checkers" / "s3" / "bin" / "moto_server"
SECRET = "a-secret-that-nobody-may-see"  # noqa: S105 (it is to be looked for)
AZURE_SECRET = base64.b64encode(SECRET.encode()).decode()
KEY = "0123456789abcdef0123"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def server(find_checker: Callable[[str], str]) -> Iterator[str]:
    if not SERVER.exists():
        find_checker("moto_server")
    port = _free_port()
    program = str(SERVER) if SERVER.exists() else "moto_server"
    quiet = subprocess.DEVNULL
    with subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=quiet, stderr=quiet) as process:  # noqa: S603 (ours)
        address = f"http://127.0.0.1:{port}"
        try:
            ready = threading.Event()
            for _ in range(600):
                with suppress(URLError, ConnectionError):
                    urlopen(Request(f"{address}/bucket", method="PUT"), timeout=20).close()  # noqa: S310 (loopback)
                    break
                ready.wait(0.1)
            yield address
        finally:
            process.terminate()


def _signed(address: str) -> Request:
    """Return a request that makes a container, signed as Azure asks for."""
    said = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-12-02"}
    lines = ["PUT", *[""] * 11, *(f"{name}:{value}" for name, value in said.items())]
    signed = "\n".join([*lines, "/somebody/somebody/bucket", "restype:container"])
    made = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    headers = {**said, "Authorization": f"SharedKey somebody:{base64.b64encode(made).decode()}"}
    return Request(f"{address}/somebody/bucket?restype=container", method="PUT", headers=headers)  # noqa: S310 (loopback)


@pytest.fixture(scope="session")
def azure(find_checker: Callable[[str], str]) -> Iterator[str]:
    port = _free_port()
    script = Path(find_checker("azurite")) / "dist" / "src" / "blob" / "main.js"
    options = ["--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    command = [find_checker("node"), str(script), "--blobHost", "127.0.0.1", "--blobPort", str(port), *options]
    accounts = {**os.environ, "AZURITE_ACCOUNTS": f"somebody:{AZURE_SECRET}"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=accounts) as process:  # noqa: S603 (ours)
        address = f"http://127.0.0.1:{port}"
        try:
            ready = threading.Event()
            for _ in range(600):
                with suppress(URLError, ConnectionError):
                    urlopen(_signed(address), timeout=20).close()  # noqa: S310 (loopback)
                    break
                ready.wait(0.1)
            yield address
        finally:
            process.terminate()


@pytest.fixture(params=["s3", pytest.param("az", marks=pytest.mark.soak)])
def bucket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return an address of a folder of its own on a server."""
    if request.param == "az":
        monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", f"{request.getfixturevalue('azure')}/somebody")
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "somebody")
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", AZURE_SECRET)
        return f"az://bucket/{tmp_path.name}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("server"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return f"s3://bucket/{tmp_path.name}"


def test_what_is_put_first_stays_for_all_machines(bucket: str, tmp_path: Path) -> None:
    stores = [SharedStore(tmp_path / name, Remote(bucket)) for name in "abcd"]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: one[1].put(KEY, b"head", str(one[0]).encode()), enumerate(stores)))
    assert len({one.payload for one in found}) == 1
    other = SharedStore(tmp_path / "e", Remote(bucket))
    assert other.header(KEY) == b"head"
    assert (other.get(KEY) or found[1]).payload == found[0].payload
    fresh = SharedStore(tmp_path / "f", Remote(bucket))
    assert fresh.get(KEY) == found[0]
    assert fresh.get(KEY.replace("0", "9")) is None
    for store in (*stores, other, fresh):
        store.close()


def test_a_harmed_object_is_none_and_is_written_over(bucket: str, tmp_path: Path) -> None:
    remote = Remote(bucket)
    remote.put(f"objects/{KEY[:2]}/{KEY[2:]}", b"harmed")
    store = SharedStore(tmp_path / "a", remote)
    assert store.get(KEY) is None
    assert store.header(KEY) is None
    assert store.put(KEY, b"h", b"payload").payload == b"payload"
    store.close()
    other = SharedStore(tmp_path / "b", remote)
    found = other.get(KEY)
    assert found is not None
    assert found.payload == b"payload"
    other.close()


def test_a_folder_goes_there_and_comes_back(bucket: str, tmp_path: Path) -> None:
    names = {"one/one.mp3": b"m", "one/edition.json": b"{}", "feed.xml": b"<rss/>", "ü/a b%20.md": b"text"}
    here = mirror_of(bucket, tmp_path / "here")
    assert here.pull() == 0
    for name, data in {
        **names,
        ".earmark/index": b"ours",
        ".earmark/shards/1-of-1": b"s",
        ".earmark/front": b"f",
    }.items():
        (here.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (here.folder / name).write_bytes(data)
    assert here.push() == len(names) + 2
    assert here.push() == 0
    assert here.pull() == 0
    there = mirror_of(bucket, tmp_path / "there")
    assert there.pull() == len(names) + 2
    assert {name: (there.folder / name).read_bytes() for name in names} == names
    assert not (there.folder / ".earmark" / "index").exists()
    (there.folder / "one" / "one.mp3").write_bytes(b"changed")
    (there.folder / "feed.xml").unlink()
    assert there.push() == 1
    assert here.pull() == 1
    assert (here.folder / "one" / "one.mp3").read_bytes() == b"changed"
    assert not (here.folder / "feed.xml").exists()
    (here.folder / "ü" / "a b%20.md").write_bytes(b"harmed here")
    assert here.pull() == 1
    assert (here.folder / "ü" / "a b%20.md").read_bytes() == b"text"


def test_a_record_is_sent_after_its_files_and_removed_before_them(bucket: str, tmp_path: Path) -> None:
    order: list[str] = []

    class Watched(Remote):
        def put(self, name: str, data: bytes) -> str:
            order.append(name)
            return super().put(name, data)

        def delete(self, name: str) -> None:
            order.append(f"-{name}")
            super().delete(name)

    mirror = Mirror(Watched(bucket), tmp_path / "m" / "audio")
    mirror.pull()
    for name in ("feed.xml", "a/edition.json", "a/a.mp3", "a/z.vtt", ".earmark/front"):
        (mirror.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (mirror.folder / name).write_bytes(b"x")
    mirror.push()
    assert order[2:] == ["a/edition.json", "feed.xml", ".earmark/front"]
    for name in ("a/edition.json", "a/a.mp3"):
        (mirror.folder / name).unlink()
    mirror.push()
    assert order[5:] == ["-a/edition.json", "-a/a.mp3"]


def test_what_goes_wrong_is_told_without_secrets(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[EarmarkError] = []
    with pytest.raises(StoreUnusable, match="no such bucket") as missing:
        list(Remote(bucket.replace("bucket", "another-bucket")).entries())
    told.append(missing.value)
    nobody = f"http://127.0.0.1:{_free_port()}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", nobody)
    monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", f"{nobody}/somebody")
    monkeypatch.setattr(remote_module, "_RETRIES", 0)
    with pytest.raises(StoreUnreachable, match="can't be reached") as unreachable:
        Remote(bucket).get("a")
    told.append(unreachable.value)
    shown = "".join(repr(one.__dict__) + str(one) for one in told)
    assert SECRET not in shown
    assert AZURE_SECRET not in shown


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("s3://bucket/a", {"AWS_ENDPOINT_URL": "http://192.0.2.1:9000", "AWS_ALLOW_HTTP": "true"}),
        ("s3://bucket/a", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ENDPOINT_URL_S3": "http://192.0.2.1"}),
        ("az://bucket/a", {"AZURE_STORAGE_ENDPOINT": "http://192.0.2.1/somebody"}),
        ("az://bucket/a", {"AZURE_STORAGE_USE_EMULATOR": "true", "AZURITE_BLOB_STORAGE_URL": "http://192.0.2.1"}),
    ],
)
def test_nothing_leaves_this_machine_without_encryption(
    address: str, named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**named, "AZURE_STORAGE_ACCOUNT_NAME": "somebody"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreUnusable, match="without encryption"):
        Remote(address)


@pytest.mark.parametrize(
    "address", ["s3://", "s3://k:secret@bucket/a", "s3://bucket/a?sig=secret", "gs://B/x", "az://a\\b"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(StoreUnusable, match="no address") as found:
        Remote(address)
    assert "secret" not in str(found.value)


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "a//b", "c:/x", "a\\b", "./a"])
def test_no_object_leaves_the_folder(name: str) -> None:
    with pytest.raises(StoreUnusable, match="no file can have"):
        _safe(name)


def test_a_path_is_told_from_an_address() -> None:
    assert address_of(Path("s3://bucket/a/b/")) == "s3://bucket/a/b"
    assert address_of("gs://bucket/a") == "gs://bucket/a"
    assert address_of(Path("audio")) == address_of("C:/audio") == address_of("https://x/y") == ""
