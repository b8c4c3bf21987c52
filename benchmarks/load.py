"""Many readers at once: `python benchmarks/load.py --store DIR`, which starts the program and stops it again.

Owns asking as a browser asks (through Gradio's queue) and as programs ask (through /api/ask), and judging what was measured
against what is promised: no error, 95 of 100 answers within 2 s, the first words of an answer within half a second for
somebody alone at the page, the first paint within 1 s, and memory that does not grow. Exit status 1 when one is not kept.
Questions are the examples that the page itself offers, so that any index can be measured.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
P95, FIRST_WORDS, FIRST_PAINT = 2.0, 0.5, 1.0  # seconds, as promised
# Megabytes a minute by which memory may grow after the first third of the run, when caches are filled. Not tuned; a leak of
# one reply (some 200 kB with its sources) for each question of 20 readers would be 48.
GROWTH = 10.0
ALONE = 5  # questions of one reader, before the crowd comes


@dataclass(slots=True)
class Taken:
    """Seconds of every answer, and what went wrong."""

    first_words: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class PageReader:
    """Asks through the page's own listeners, in one conversation. `ask` gives the seconds to the first words and to all."""

    def __init__(self, client: httpx.Client) -> None:
        self.client, self.session = client, uuid.uuid4().hex
        listeners = client.get("/config").json()["dependencies"]
        begin = next(each for each in listeners if any(event == "submit" for _, event in each["targets"]))
        self.begin = begin["id"]
        self.answer = next(each["id"] for each in listeners if each.get("trigger_after") == begin["id"])

    def ask(self, question: str) -> tuple[float, float]:
        started = time.perf_counter()
        said = {
            "data": [None],
            "fn_index": self.begin,
            "session_hash": self.session,
            "event_data": {"question": question},
        }
        self.client.post("/gradio_api/run/predict", json=said).raise_for_status()
        wanted = {"data": [None, None, []], "fn_index": self.answer, "session_hash": self.session}
        self.client.post("/gradio_api/queue/join", json=wanted).raise_for_status()
        words = 0.0
        for message in self._messages():
            if message["msg"] in {"process_generating", "process_completed"} and not words:
                words = time.perf_counter() - started
            if message["msg"] == "process_completed":
                if not message["success"]:
                    raise ValueError(str(message["output"])[:200])
                return words, time.perf_counter() - started
        raise ValueError("the stream ended without an answer")

    def _messages(self) -> Iterator[dict[str, Any]]:
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])


class ApiReader:
    """Asks as programs do; all words come at once."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def ask(self, question: str) -> tuple[float, float]:
        started = time.perf_counter()
        self.client.post("/api/ask", json={"question": question}).raise_for_status()
        seconds = time.perf_counter() - started
        return seconds, seconds


@contextmanager
def served(store: Path) -> Iterator[tuple[str, int]]:
    """(address, process id) of the program over the index, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), "--store", str(store), "--port", str(port)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("EVIDENCE_DESK_")}
    running = subprocess.Popen(  # noqa: S603  # this program itself
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        if not any(line.startswith("Evidence Desk is at") for line in running.stdout):
            raise SystemExit("The program did not start; its complaint stands above.")
        yield f"http://127.0.0.1:{port}", running.pid
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def crowd(
    address: str, questions: list[str], readers: int, every: float, seconds: float, watch: Callable[[], None]
) -> Taken:
    """Every other reader is at the page, the others are programs. `watch` is called each second."""
    taken, lock, until = Taken(), threading.Lock(), time.monotonic() + seconds

    def read(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random() * every)
        with httpx.Client(base_url=address, timeout=60) as client:
            reader = (PageReader if number % 2 == 0 else ApiReader)(client)
            while time.monotonic() < until:
                begun = time.monotonic()
                try:
                    words, whole = reader.ask(chance.choice(questions))
                    with lock:
                        taken.first_words.append(words)
                        taken.whole.append(whole)
                except (httpx.HTTPError, ValueError, KeyError) as error:
                    with lock:
                        taken.errors.append(repr(error)[:200])
                time.sleep(max(0.0, every - (time.monotonic() - begun)))

    threads = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(readers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        watch()
        time.sleep(1)
    return taken


def examples(address: str) -> list[str]:
    """The questions that the page offers."""
    config = httpx.get(f"{address}/config", timeout=60).text
    found = re.findall(r'name=\\"example\\" value=\\"(.*?)\\"', config)
    if not found:
        raise SystemExit("The page offers no example questions; is the index empty?")
    return [unescape(each) for each in found]


def first_paint(address: str, times: int = 3) -> float | None:
    """Seconds to the first contentful paint in a new browser context, the middle of some; None without Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if path is None:
        return None
    seconds = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(times):
            page = browser.new_context().new_page()
            page.goto(address)
            page.wait_for_selector("#ask-question")
            name = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            seconds.append(page.evaluate(name) / 1000)
            page.context.close()
        browser.close()
    return sorted(seconds)[times // 2]


def memory(process: int) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def growth(samples: list[tuple[float, float]]) -> float:
    """Megabytes a minute, by least squares over the last two thirds of (seconds, megabytes)."""
    later = samples[len(samples) // 3 :]
    if len(later) < 3 or not any(one[0] != two[0] for one, two in pairwise(later)):
        return 0.0
    return 60 * linear_regression([each[0] for each in later], [each[1] for each in later]).slope


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path(".store"))
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two questions of a reader")
    parser.add_argument("--seconds", type=float, default=180.0)
    given = parser.parse_args()
    with served(given.store) as (address, process):
        questions = examples(address)
        with httpx.Client(base_url=address, timeout=60) as client:
            PageReader(client).ask(questions[0])  # the first question of all reads models from the disk
            reader = PageReader(client)
            alone = [reader.ask(questions[number % len(questions)])[0] for number in range(ALONE)]
        paint = first_paint(address)
        samples: list[tuple[float, float]] = []
        taken = crowd(
            address, questions, given.readers, given.every, given.seconds,
            lambda: samples.append((time.monotonic(), memory(process))),
        )  # fmt: skip
    grown = growth(samples)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {len(questions)} different questions")
    print(f"{len(taken.whole)} answers, {len(taken.errors)} errors {taken.errors[:3]}")
    for name, values in (
        ("first words, alone", alone),
        ("first words", taken.first_words),
        ("whole answer", taken.whole),
    ):
        print(
            f"{name}: p50 {percentile(values, 0.5):.2f} s, p95 {percentile(values, 0.95):.2f} s, max {max(values, default=0):.2f} s"
        )
    print(f"first paint: {'no Chromium' if paint is None else f'{paint:.2f} s'}")
    print(f"memory: {samples[0][1]:.0f} MB at first, {samples[-1][1]:.0f} MB at last, {grown:+.1f} MB a minute")
    kept = {
        "no error": not taken.errors,
        f"p95 under {P95} s": percentile(taken.whole, 0.95) < P95,
        f"first words alone under {FIRST_WORDS} s": percentile(alone, 0.5) < FIRST_WORDS,
        f"first paint under {FIRST_PAINT} s": paint is None or paint < FIRST_PAINT,
        "memory flat": grown < GROWTH,
    }
    for promise, is_kept in kept.items():
        print(f"{'kept' if is_kept else 'NOT KEPT'}: {promise}")
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
