"""What a reload costs beside other pollers: ``python -m benchmarks.peers [--feeds 200] [--rounds 3] [--reader PYTHON]``.

200 feeds, of as many outlets, of 30 entries and 48 KB over loopback, three reloads of each poller, each a process of its own with
its start-up: the first, one with one new entry in each feed, one that is answered 304 throughout. CPU of the whole process and
its children, the best of the rounds; a table of ratios, then JSON. The feeds tell stories of the shared stream where it is there,
so that what we classify is what a general stream holds; else headlines made of a few words. Ours is measured without the encoder,
which no poller has a like of, and once more with it.

Peers: newsboat (Debian: ``apt-get install newsboat``) and reader (PyPI; ``--reader`` names a Python that has it, which
``--install FOLDER`` makes). A peer that is not there is left out, and the table says why. Each is asked how many entries it
holds in the end, so that none is quick by doing nothing.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import yaml

from monitor.classify.encoder.use import used

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "shared"))
ENTRIES, SIZE = 30, 48_000
HELD = 0.99  # of the entries at least: a stream has copies, and not every poller keeps them twice
STATES = ("first", "one new", "all 304")
# Of design/performance.md: the most that ours may cost of each peer's CPU.
TARGETS = {"newsboat": (0.8, 0.6, 1.0), "reader": (None, 0.25, 1.0)}
MANY, AHEAD = 2000, (1.0, 1.0, 1.0)  # of so many feeds ours is to be ahead of all
ASKING = 0.3  # of a peer's whole cost where all is 304, our start-up left out
READER = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in open(sys.argv[2]).read().split():
    reader.add_feed(url, exist_ok=True)
reader.update_feeds(scheduled=False, workers=10)
"""
_WORDS = "company market says new plan report chief names data center power deal growth city court rises falls cloud week".split()


def stories(count: int) -> list[tuple[str, str]]:
    """Titles and texts: of the shared stream, else made of a few words."""
    path = SHARED / "replay/stories.jsonl.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            told = [(story["title"], story.get("summary") or "") for story in map(json.loads, lines)]
        return [told[n % len(told)] for n in range(count)]
    rnd = random.Random(7)
    return [(" ".join(rnd.choices(_WORDS, k=9)), " ".join(rnd.choices(_WORDS, k=40))) for _ in range(count)]


class Feeds:
    """The documents by number: what they say, which changes by one entry when ``version`` goes up by one."""

    def __init__(self, count: int) -> None:
        self.count, self.version = count, 0
        told = stories(count * (ENTRIES + 1))
        self._entries = [told[n * (ENTRIES + 1) : (n + 1) * (ENTRIES + 1)] for n in range(count)]
        self.bodies = [[self._document(n, version) for n in range(count)] for version in (0, 1)]

    def asked(self, number: int) -> int:
        """The version that is served now, the same of all."""
        return self.version

    def document(self, number: int, version: int) -> bytes:
        return self.bodies[version][number]

    def _document(self, number: int, version: int) -> bytes:
        """The entries of a version, the newest first, each filled up to its share of the size with markup as feeds have it."""
        now = datetime.now(UTC)
        items = []
        for n in range(version + ENTRIES - 1, version - 1, -1):
            title, text = self._entries[number][n]
            date = format_datetime(now - timedelta(minutes=ENTRIES - n))
            told = f"<p>{html.escape(text)}</p><p>{'More on this in the hours to come. ' * 60}"
            head = f"<item><title>{html.escape(title)}</title><link>http://{number}.example/{n}</link><guid>{number}-{n}</guid>"
            body = html.escape(told)[: SIZE // ENTRIES - len(head) - 120].rsplit(" ", 1)[0]
            items.append(f"{head}<pubDate>{date}</pubDate><description>{body}</description></item>")
        channel = f"<title>Feed {number}</title><link>http://{number}.example/</link><description>d</description>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'.encode()


@dataclass(frozen=True)
class Poller:
    """One poller: ``prepare`` writes its files and gives the command of a reload; ``entries`` counts what it holds.

    ``all_word``: the last word of the command is the one without which it asks for nothing that is not due, so that what is left
    is its start-up.
    """

    prepare: Callable[[Path, list[str]], list[str]]
    entries: Callable[[Path], int]
    all_word: bool = False


def _movewire(folder: Path, urls: list[str], encoder: str = "off") -> list[str]:
    config = {
        "classify": {"encoder": encoder},
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "polling": {"host_delay": 0, "per_host": 50, "contact": "peers@example.org"},
        "network": {"allow_networks": ["127.0.0.1/32"]},
        "feeds": [{"name": f"feed-{n}", "url": url} for n, url in enumerate(urls)],
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    (folder / "movewire.yaml").write_text(yaml.safe_dump(config))
    return [sys.executable, "-m", "monitor", "--config", str(folder / "movewire.yaml"), "feeds", "poll", "--all"]


def _newsboat(folder: Path, urls: list[str]) -> list[str]:
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text("reload-threads 10\n")
    names = ("-C", "config", "-u", "urls", "-c", "cache.db")
    return ["newsboat", *(name if name[0] == "-" else str(folder / name) for name in names), "-x", "reload"]


def _reader(python: str) -> Callable[[Path, list[str]], list[str]]:
    def prepare(folder: Path, urls: list[str]) -> list[str]:
        (folder / "urls").write_text("\n".join(urls) + "\n")
        (folder / "update.py").write_text(READER)
        return [python, str(folder / "update.py"), str(folder / "reader.db"), str(folder / "urls")]

    return prepare


def _rows(file: str, table: str) -> Callable[[Path], int]:
    def count(folder: Path) -> int:
        with sqlite3.connect(folder / file) as db:
            return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return count


def pollers(reader: str) -> tuple[dict[str, Poller], dict[str, str]]:
    """Those that are there, ours first, and why others are not."""
    stories, missing = _rows("movewire.db", "stories"), {}
    found = {"movewire": Poller(_movewire, stories, all_word=True)}
    if used("auto"):
        found["+ encoder"] = Poller(partial(_movewire, encoder="on"), stories, all_word=True)
    if shutil.which("newsboat"):
        found["newsboat"] = Poller(_newsboat, _rows("cache.db", "rss_item"))
    else:
        missing["newsboat"] = "not on the path; apt-get install newsboat"
    known = subprocess.run([reader, "-c", "import reader"], capture_output=True, check=False).returncode == 0 if reader else False
    if known:
        found["reader"] = Poller(_reader(reader), _rows("reader.db", "entries"))
    else:
        missing["reader"] = "name a Python that has it with --reader, or have one made with --install FOLDER"
    return found, missing


def install(folder: Path) -> str:
    """A virtual environment with reader in it; the path of its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    # reader's own copy of feedparser needs a module that feedparser itself no longer brings along
    subprocess.run([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "reader", "sgmllib3k"], check=True)
    return str(folder / "bin/python")


class Served(Protocol):
    """Feeds by number."""

    def asked(self, number: int) -> int:
        """Told of every request for a feed; the version that is served."""

    def document(self, number: int, version: int) -> bytes: ...


def serve(feeds: Served) -> ThreadingHTTPServer:
    """The feeds on a free port of loopback, with entity tags."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.rsplit("/", 1)[1].removesuffix(".xml"))
            tag = f'"{number}-{(version := feeds.asked(number))}"'
            same = self.headers.get("If-None-Match") == tag
            body = b"" if same else feeds.document(number, version)
            self.send_response(304 if same else 200)
            self.send_header("ETag", tag)
            if not same:
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 256  # of five, Python's own, a poller that dials quickly finds it full

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def spent(command: list[str], folder: Path) -> float:
    """CPU seconds of a process and of the children it waited for. Raises RuntimeError with what it said where it failed."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=Path(__file__).parents[1], env=environ)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said.read()[-500:]}")
    return usage.ru_utime + usage.ru_stime


def reloads(poller: Poller, feeds: Feeds, urls: list[str]) -> Iterator[float]:
    """CPU of the three reloads in a new folder, then of a start-up where it can be had. Raises RuntimeError if entries lack."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = poller.prepare(folder, urls)
        for version in (0, 1, 1):
            feeds.version = version
            yield spent(command, folder)
            held, wanted = poller.entries(folder), feeds.count * (ENTRIES + version)
            if held < HELD * wanted:
                raise RuntimeError(f"{command[0]}: holds {held} entries, expected {wanted}")
        if poller.all_word:
            yield spent(command[:-1], folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", default=os.environ.get("MOVEWIRE_BENCH_READER", ""), metavar="PYTHON")
    parser.add_argument("--install", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    found, missing = pollers(install(options.install) if options.install else options.reader)
    feeds = Feeds(options.feeds)
    server = serve(feeds)
    urls = [f"http://127.0.0.1:{server.server_port}/{n}.xml" for n in range(options.feeds)]
    best: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for name, poller in found.items():
            costs = list(reloads(poller, feeds, urls))
            best[name] = list(map(min, best.get(name, costs), costs))
    server.shutdown()
    start = best["movewire"].pop()
    best.get("+ encoder", [0.0]).pop()
    print(f"{'CPU s':12}" + "".join(f"{state:>12}" for state in STATES))
    for name, costs in best.items():
        print(f"{name:12}" + "".join(f"{cost:12.2f}" for cost in costs))
    ratios = {name: [round(a / b, 2) for a, b in zip(best["movewire"], best[name], strict=True)] for name in best}
    asking = {name: round((best["movewire"][-1] - start) / costs[-1], 2) for name, costs in best.items() if name in TARGETS}
    for name in TARGETS:
        first, new, same = AHEAD if options.feeds >= MANY else TARGETS[name]
        told = "".join(f"{ratio:12.2f}" for ratio in ratios[name]) if name in ratios else f"  left out: {missing[name]}"
        print(f"{'/ ' + name:12}{told}   (at most {first or '-'}, {new}, {same})")
    told = ", ".join(f"{ratio} of {name}'s" for name, ratio in asking.items())
    print(f"start-up {start:.2f} s; all 304 without it {told} (at most {ASKING})")
    print(
        json.dumps(
            {
                "cpu_s": best,
                "start_up_s": start,
                "ratio": ratios,
                "without_start_up": asking,
                "left_out": missing,
                "feeds": options.feeds,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
