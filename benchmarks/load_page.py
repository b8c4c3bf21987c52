"""Many readers at the page at once: `python benchmarks/load_page.py ADDRESS --readers 20 --every 5 --seconds 180`.

Owns asking as a browser does, through Gradio's own queue, and counting seconds. Prints errors, percentiles of the
seconds to the first words and to the whole answer, and the memory of the server before and after.
"""

import argparse
import json
import random
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

QUESTIONS = (
    "Which areas were graded requires improvement?",
    "What are the areas for improvement on responding to the public?",
    "What was the cause of concern?",
    "How many officers were trained?",
    "Who looks after registered offenders?",
)


class Reader(threading.Thread):
    """Asks again and again, `every` seconds, until `until`; keeps (first words, whole answer) in seconds."""

    def __init__(self, address: str, places: tuple[int, int], every: float, until: float, seed: int) -> None:
        super().__init__(daemon=True)
        self.address, self.places, self.every, self.until = address, places, every, until
        self.chance = random.Random(seed)
        self.taken: list[tuple[float, float]] = []
        self.errors: list[str] = []

    def run(self) -> None:
        time.sleep(self.chance.random() * self.every)
        with httpx.Client(base_url=self.address, timeout=60) as client:
            session = uuid.uuid4().hex
            while time.monotonic() < self.until:
                started = time.monotonic()
                try:
                    self.taken.append(self._ask(client, session, self.chance.choice(QUESTIONS)))
                except (httpx.HTTPError, ValueError, KeyError) as error:
                    self.errors.append(repr(error))
                time.sleep(max(0.0, self.every - (time.monotonic() - started)))

    def _ask(self, client: httpx.Client, session: str, question: str) -> tuple[float, float]:
        begin, answer = self.places
        started = time.monotonic()
        first = {"data": [None], "fn_index": begin, "session_hash": session, "event_data": {"question": question}}
        client.post("/gradio_api/run/predict", json=first).raise_for_status()
        asked = {"data": [None, None, []], "fn_index": answer, "session_hash": session}
        client.post("/gradio_api/queue/join", json=asked).raise_for_status()
        words = 0.0
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                said = json.loads(line[5:])
                if said["msg"] in ("process_generating", "process_completed") and not words:
                    words = time.monotonic() - started
                if said["msg"] == "process_completed":
                    if not said["success"]:
                        raise ValueError(str(said["output"])[:200])
                    return words, time.monotonic() - started
        raise ValueError("the stream ended without an answer")


def places_of(config: dict[str, Any]) -> tuple[int, int]:
    """Numbers of the listeners that begin a question and that answer it: the first form's submit and what follows it."""
    listeners = config["dependencies"]
    begin = next(each for each in listeners if any(event == "submit" for _, event in each["targets"]))
    answer = next(each for each in listeners if each.get("trigger_after") == begin["id"])
    return begin["id"], answer["id"]


def memory(process: int | None) -> float:
    """Resident megabytes of a process; nan without one."""
    if process is None:
        return float("nan")
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--process", type=int, help="process id of the server, to watch its memory")
    given = parser.parse_args()
    places = places_of(httpx.get(f"{given.address}/config").json())
    before, until = memory(given.process), time.monotonic() + given.seconds
    readers = [Reader(given.address, places, given.every, until, seed) for seed in range(given.readers)]
    for reader in readers:
        reader.start()
    middle = before
    while any(reader.is_alive() for reader in readers):
        time.sleep(1)
        if time.monotonic() < until - given.seconds / 2:
            middle = memory(given.process)
    taken = [pair for reader in readers for pair in reader.taken]
    errors = [error for reader in readers for error in reader.errors]
    for name, values in (("first words", [one for one, _ in taken]), ("whole answer", [two for _, two in taken])):
        print(
            f"{name}: p50 {percentile(values, 0.5):.2f} s, p95 {percentile(values, 0.95):.2f} s, max {max(values):.2f} s"
        )
    print(f"{len(taken)} answers, {len(errors)} errors {errors[:3]}")
    print(f"memory: {before:.0f} MB before, {middle:.0f} MB half-way, {memory(given.process):.0f} MB after")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
