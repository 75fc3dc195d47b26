"""The server of the live proof: access, responses, and shutdown. Tests send requests to a real server over a socket."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.proof.projects import CATALOGUE, write_leaflet

WAIT = 30.0


class Proof:
    """A running `brochure proof`."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-m", "brochure", "proof", str(root), "--no-open", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:"), (
            self.process.stderr and self.process.stderr.read()
        )
        self.host, self.token = self.url.removeprefix("http://").strip("/").split("/")

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer; header names are written with underscores."""
        connection = HTTPConnection(self.host, timeout=WAIT)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask(f"/{self.token}/{path}")

    def post(self, path: str, value: object, **headers: str) -> tuple[int, Any]:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        own = {"Content_Type": "application/json", "Origin": f"http://{self.host}", **headers}
        status, _, data = self.ask(f"/{self.token}/{path}", method="POST", body=body, **own)
        try:
            return status, json.loads(data)
        except ValueError:
            return status, data.decode()

    def stop(self, sign: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(sign)
        _, errors = self.process.communicate(timeout=WAIT)
        return self.process.returncode, errors


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proof]:
    running = Proof(write_leaflet(tmp_path_factory.mktemp("proof")))
    yield running
    status, errors = running.stop()
    assert (status, errors.strip()) == (0, "")


# Access


def test_pages_have_a_strict_policy(proof: Proof) -> None:
    for path in ("", "api/project", "web/nothing.js"):
        _, headers, _ = proof.get(path)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", ["/", "/api/project", "/wrong-token/", "/wrong/api/project", "//"])
def test_requests_without_the_token_are_refused(proof: Proof, path: str) -> None:
    status, _, data = proof.ask(path)
    assert status == 404
    assert proof.token.encode() not in data
    assert b"leaflet" not in data


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "[::1]:1", ""])
def test_other_host_names_are_refused(proof: Proof, host: str) -> None:
    status, _, data = proof.ask(f"/{proof.token}/api/project", Host=host)
    assert status in (400, 421)
    assert b"leaflet" not in data


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://127.0.0.1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Content_Type": "text/plain"},
    ],
)
def test_changes_from_elsewhere_are_refused(proof: Proof, headers: dict[str, str]) -> None:
    status, _ = proof.post("api/edition/fr/preview", {"key": "cover.title", "text": "x"}, **headers)
    assert status in (403, 415)


@pytest.mark.parametrize(
    "name",
    [
        "../server.py",
        "..%2fserver.py",
        "%2e%2e/guard.py",
        "../../api.py",
        "/etc/passwd",
        "a\\..\\b.js",
        "%00.js",
    ],
)
def test_only_files_of_the_interface_are_served(proof: Proof, name: str) -> None:
    assert proof.get(f"web/{name}")[0] == 404


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"[" * 100_000, "not JSON"),
        ({"key": 5, "text": "x"}, "no valid 'key'"),
        ({"key": "cover.title"}, "no valid 'text'"),
        ({"key": "<script>", "text": "x"}, "no message '<script>'"),
    ],
)
def test_invalid_requests_are_explained(proof: Proof, body: object, reason: str) -> None:
    status, answer = proof.post("api/edition/fr/preview", body)
    assert status == 400
    assert reason in answer["error"]


def test_large_requests_are_refused(proof: Proof) -> None:
    status, _ = proof.post("api/edition/fr/preview", b" " * 2_000_001)
    assert status == 413


@pytest.mark.parametrize("file", ["/etc/passwd", "../../secret.txt", "nothing.yaml", ""])
def test_files_outside_the_project_are_not_opened(proof: Proof, file: str) -> None:
    status, answer = proof.post("api/open", {"file": file, "line": 1, "column": 1})
    assert status == 400
    assert "not a file of the project" in answer["error"]


# Answers


def test_an_edition_has_pages_areas_and_drawings(proof: Proof) -> None:
    edition = json.loads(proof.get("api/edition/fr")[2])
    assert [page["number"] for page in edition["pages"]] == [1, 2]
    areas = {area["key"]: area for area in edition["pages"][0]["areas"] if area["kind"] == "text"}
    assert areas["cover.title"]["style"] == "heading-2"
    assert areas["cover.title"]["block"]["kind"] == "heading"
    facts = [value for name, value in areas["cover.note"]["facts"] if name == "colour"]
    assert edition["inks"][-1] == "Varnish"
    assert not facts or "M" in facts[0]  # an untranslated message is marked in magenta
    picture = next(area for area in edition["pages"][0]["areas"] if area["kind"] == "picture")
    assert ["pixels", "240 × 120"] in picture["facts"]
    status, headers, svg = proof.get(edition["pages"][0]["svg"])
    assert status == 200
    assert headers["content-type"].startswith("image/svg+xml")
    assert b"<script" not in svg
    name = svg.decode().partition('href="pictures/')[2].partition('"')[0]
    assert proof.get(f"pictures/{name}")[1]["content-type"] == "image/png"


def test_spot_inks_have_plates(proof: Proof) -> None:
    plates = [proof.get(f"api/edition/en/page/2.svg?ink={ink}")[2] for ink in ("Varnish", "cyan")]
    assert b'fill="#000000"' in plates[0]
    assert plates[0] != plates[1]


@pytest.mark.parametrize(
    "path", ["api/edition/en/page/3.svg", "api/edition/en/page/0.svg", "api/edition/xx"]
)
def test_resources_that_do_not_exist(proof: Proof, path: str) -> None:
    status, _, data = proof.get(path)
    assert status == 400
    assert "has no" in json.loads(data)["error"]


def test_preflight_findings_lead_to_files(proof: Proof) -> None:
    found = json.loads(proof.get("api/edition/en/preflight")[2])["findings"]
    assert {"code", "message", "hint", "severity", "file", "line", "page"} <= set(found[0])


# File events and shutdown


def _read_texts(running: Proof) -> list[str]:
    messages = json.loads(running.get("api/edition/fr")[2])["messages"]
    return [one["text"] for one in messages]


def test_windows_are_notified_of_changed_files(tmp_path: Path) -> None:
    root = write_leaflet(tmp_path)
    running = Proof(root)
    connection = HTTPConnection(running.host, timeout=WAIT)
    connection.request("GET", f"/{running.token}/api/events")
    stream = connection.getresponse()
    assert b": connected" in stream.readline()
    title = json.loads(running.get("api/edition/fr")[2])["messages"][1]["text"]
    assert title == "De l’eau pour la vallée"
    changed = CATALOGUE.replace("De l’eau pour la vallée", "De l’eau fraîche")
    (root / "content/fr.po").write_text(changed, "utf-8")
    event = _next_event(stream)
    while event["type"] != "changed":
        event = _next_event(stream)
    # The first event may come before the whole file is written; then there is another one.
    while "De l’eau fraîche" not in _read_texts(running):
        _next_event(stream)
    (root / "brochure.yaml").write_text("pages: [", "utf-8")
    while (event := _next_event(stream))["type"] != "broken":
        pass
    assert event["faults"]
    assert json.loads(running.get("api/edition/fr")[2])["faults"]
    status, errors = running.stop(signal.SIGTERM)
    assert status in (0, 143)
    assert "Traceback" not in errors
    connection.close()


def _next_event(stream: Any) -> dict[str, Any]:
    while True:
        line = stream.readline()
        assert line, "the stream has ended"
        if line.startswith(b"data: "):
            event: dict[str, Any] = json.loads(line[6:])
            return event


def test_it_ends_while_windows_are_open(tmp_path: Path) -> None:
    running = Proof(write_leaflet(tmp_path))
    connection = HTTPConnection(running.host, timeout=WAIT)
    connection.request("GET", f"/{running.token}/api/events")
    connection.getresponse().readline()
    start = time.monotonic()
    assert running.stop(signal.SIGINT)[0] == 0
    assert time.monotonic() - start < 10
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(tuple(running.host.split(":")), 1)  # type: ignore[arg-type]
    connection.close()


def test_an_occupied_port_is_reported(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "brochure",
            "proof",
            str(write_leaflet(tmp_path)),
            "--no-open",
        ]
        done = subprocess.run(
            [*command, "--port", port], capture_output=True, text=True, timeout=WAIT, check=False
        )
    assert done.returncode == 64
    assert f"--port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_proof_saves_nothing(tmp_path: Path) -> None:
    root = write_leaflet(tmp_path)
    running = Proof(root, "--read-only")
    assert json.loads(running.get("api/project")[2])["read_only"] is True
    body = {"key": "cover.title", "text": "x", "fuzzy": False, "seen": {}}
    status, answer = running.post("api/edition/fr/save", body)
    assert status == 400
    assert "read-only" in answer["error"]
    assert (root / "content/fr.po").read_text("utf-8") == CATALOGUE
    running.stop()


def test_two_windows_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    root = write_leaflet(tmp_path)
    running = Proof(root)
    keys = ("inside.band", "inside.before", "cover.title", "inside.chart")

    def save(key: str) -> None:
        message = json.loads(running.get(f"api/edition/fr/message?key={key}")[2])
        body = {"key": key, "text": f"Neuf {key}", "fuzzy": False, "seen": message["saved"]}
        assert running.post("api/edition/fr/save", body)[0] == 200

    threads = [threading.Thread(target=save, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    text = (root / "content/fr.po").read_text("utf-8")
    assert all(f"Neuf {key}" in text for key in keys)
    assert not [name for name in (root / "content").iterdir() if name.name.startswith(".")]
    running.stop()
