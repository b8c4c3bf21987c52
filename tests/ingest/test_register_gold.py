"""The register of the five published reports against what was read in them by hand; skipped where they are not at hand.

`eval/gold/reading/register.jsonl` keeps ids, offsets and values, no text. `python tests/ingest/test_register_gold.py FOLDER`
prints precision and recall of each kind and every miss.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ingest.corpus import list_files, read_document
from ingest.register import Register

GOLD = Path(__file__).resolve().parents[2] / "eval/gold/reading/register.jsonl"
PUBLISHED = os.environ.get("PUBLISHED_REPORTS", "")
FLOOR = 0.98  # of each kind and of the figures' fields; the goal the register was written for
Key = tuple[object, ...]


def gold() -> list[dict[str, object]]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def register_of(folder: str) -> Register:
    return Register.of([read_document(file) for file in list_files(Path(folder))[0]])


def wanted() -> dict[str, set[Key]]:
    keys: dict[str, set[Key]] = defaultdict(set)
    for line in gold():
        match line["kind"]:
            case "figure":
                continue
            case "judgement":
                keys["judgement"].add((line["paragraph"], line["grade"], line["period"]))
            case "response":
                fields = (line["date"], line["respondent"], line["status"])
                keys["response"].add((*line["paragraphs"], *line["answers"], *fields))  # type: ignore[misc]  # lists of ids
            case kind:
                keys[str(kind)].add((*line["paragraphs"], line["number"], line["due"]))  # type: ignore[misc]  # a list
    return keys


def found(register: Register) -> dict[str, set[Key]]:
    keys: dict[str, set[Key]] = defaultdict(set)
    for judgement in register.judgements:
        keys["judgement"].add((judgement.paragraph.id, judgement.grade, judgement.period))
    for point in register.points:
        keys[point.kind.value].add((*(part.id for part in point.paragraphs), point.number, point.due))
    for response in register.responses:
        fields = (response.date, response.respondent.value, response.status)
        keys["response"].add((*(part.id for part in response.paragraphs), *response.answers, *fields))
    return keys


def wrong_fields(register: Register) -> Iterator[str]:
    """Each field of a hand-checked figure that is not as read."""
    figures = {(figure.paragraph.id, figure.span): figure for figure in register.figures}
    for line in gold():
        if line["kind"] != "figure":
            continue
        figure = figures.get((str(line["paragraph"]), tuple(line["span"])))  # type: ignore[arg-type]  # two offsets
        name = f"{line['paragraph']} {line['value']}"
        if figure is None:
            yield f"{name}: not found"
            continue
        read = {"what": figure.measures, "period": figure.period, "comparison": figure.comparison}
        yield from (f"{name}: {field}" for field in ("value", "unit") if getattr(figure, field) != line[field])
        yield from (
            f"{name}: {field}" for field, words in read.items() if not _holds(words, line, field, figure.paragraph.text)
        )


def _holds(words: str | None, line: Mapping[str, object], field: str, text: str) -> bool:
    span = line[field]
    if not isinstance(span, list):
        return words is None
    return words is not None and text[span[0] : span[1]] in words


@pytest.fixture(scope="module")
def register() -> Register:
    if not PUBLISHED:
        pytest.skip("the published reports are not at hand: set PUBLISHED_REPORTS")
    return register_of(PUBLISHED)


def test_every_kind_of_entry_is_found_and_nothing_else(register: Register) -> None:
    truth, read = wanted(), found(register)
    for kind in truth | read:
        both = len(truth[kind] & read[kind])
        assert both >= FLOOR * len(truth[kind]), f"{kind}: missed {sorted(map(str, truth[kind] - read[kind]))}"
        assert both >= FLOOR * len(read[kind]), f"{kind}: not in the truth {sorted(map(str, read[kind] - truth[kind]))}"


def test_figures_have_their_value_unit_subject_period_and_comparison(register: Register) -> None:
    fields = 5 * sum(line["kind"] == "figure" for line in gold())
    wrong = list(wrong_fields(register))
    assert len(wrong) <= (1 - FLOOR) * fields, wrong


def test_the_gold_keeps_no_text() -> None:
    for line in gold():
        for value in line.values():
            for item in value if isinstance(value, list) else [value]:
                assert not isinstance(item, str) or len(item.split()) <= 4


def report(folder: str) -> None:
    register = register_of(folder)
    truth, read = wanted(), found(register)
    for kind in sorted(truth | read):
        both = len(truth[kind] & read[kind])
        print(f"{kind}: recall {both}/{len(truth[kind])}, precision {both}/{len(read[kind])}")
        for key in sorted(map(str, truth[kind] - read[kind])):
            print(f"  missed {key}")
        for key in sorted(map(str, read[kind] - truth[kind])):
            print(f"  not in the truth {key}")
    wrong = list(wrong_fields(register))
    total = sum(line["kind"] == "figure" for line in gold())
    print(f"figures: {total}, fields right {5 * total - len(wrong)}/{5 * total}")
    for line in wrong:
        print(f"  {line}")


if __name__ == "__main__":
    report(sys.argv[1])
