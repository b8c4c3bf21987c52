"""Faults put into right sentences about real reports: how many the verifier catches, and which right ones it loses.

Owns the measurement. Leaves the faults to tests/faults.py. No sentence of a report is kept: right sentences are the
reports' own, picked at random, and the same ones re-worded by rules (order, spelling of numbers, contractions, who says
so), which keeps their meaning. Run: python benchmarks/model_faults.py --store DIR
With --written FILE, of `model_compare.py --out`, the right sentences are those that a chat model wrote and that held.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults import faults_of

from assistant.citations import check
from assistant.composer import DraftSentence, Source
from index.embedder import MiniLM
from index.store import Store, open_store
from ingest.document import Kind
from ingest.sentences import sentence_spans

WORDS = (8, 45)  # words of a sentence that can be answered with
_SPELLED = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}
_SHORT = {
    "does not": "doesn’t",
    "did not": "didn’t",
    "is not": "isn’t",
    "are not": "aren’t",
    "was not": "wasn’t",
    "cannot": "can’t",
}
_KINDS = (Kind.FINDING, Kind.LIST_ITEM, Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION, Kind.CAUSE_OF_CONCERN)


def reworded(sentence: str) -> Iterator[str]:
    """The sentence in other words that say the same."""
    yield re.sub(r"(\d)\s?(?:%|percent)", r"\1 per cent", sentence)
    yield re.sub(r"(\d)\s?per ?cent", r"\1%", sentence)
    yield re.sub(rf"\b({'|'.join(_SPELLED)})\b(?= [a-z])", lambda match: _SPELLED[match[1]], sentence)
    for long, short in _SHORT.items():
        yield sentence.replace(long, short)
        yield sentence.replace(short, long)
    if match := re.match(r"(In [^,]{4,40}\d{4}), (\w)(.+)\.$", sentence):
        yield f"{match[2].upper()}{match[3]} {match[1][0].lower()}{match[1][1:]}."
    if re.match(r"(?:The|It|They|Some|Most|There) ", sentence):
        yield f"According to the report, {sentence[0].lower()}{sentence[1:]}"
        yield f"Inspectors said that {sentence[0].lower()}{sentence[1:]}"


def written(path: Path, store: Store) -> list[DraftSentence]:
    """The sentences of a chat model that held, from the lines of `model_compare.py`; each once."""
    found: dict[str, DraftSentence] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        for each in json.loads(line)["wrote"]:
            sources = [Source(store.paragraphs[key], store.document_of[key], quote) for key, quote in each["sources"]]
            if not each["problems"]:
                first, *others = sources
                found[each["text"]] = DraftSentence(
                    each["text"], first.paragraph, first.document, first.quote, tuple(others), True
                )
    return list(found.values())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python benchmarks/model_faults.py", description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0, help="which sentences are picked; 0 was looked at while tuning")
    parser.add_argument("--written", type=Path, help="put the faults into what a chat model wrote")
    parser.add_argument("--show", type=int, default=0, help="misses and losses to print")
    options = parser.parse_args()
    store = open_store(options.store, MiniLM())
    every = [
        DraftSentence(text, paragraph, document, text)
        for document in store.documents
        for paragraph in document.citable()
        if paragraph.kind in _KINDS
        for start, end in sentence_spans(paragraph.text)
        if WORDS[0] <= len((text := paragraph.text[start:end]).split()) <= WORDS[1]
    ]
    picked = random.Random(options.seed).sample(every, min(options.sentences, len(every)))  # the same ones each time
    if options.written:
        picked = written(options.written, store)
    lost = [one for one in picked if check(one).problems]
    words = [
        replace(one, text=text) for one in picked for text in dict.fromkeys(reworded(one.text)) if text != one.text
    ]
    unworded = [(one, check(one).problems) for one in words]
    unworded = [(one, problems) for one, problems in unworded if problems]
    faults = [(kind, replace(one, text=text)) for one in picked for kind, text in faults_of(one.text)]
    for one, other in zip(picked, picked[1:] + picked[:1], strict=True):
        if one.quote != other.quote:
            faults.append(("citation exchanged", replace(other, text=one.text)))
    missed = [(kind, one) for kind, one in faults if not check(one).problems]
    print(f"right, verbatim: {len(picked)}, lost {len(lost)} ({100 * len(lost) / len(picked):.1f} %)")
    if words:
        print(f"right, re-worded: {len(words)}, lost {len(unworded)} ({100 * len(unworded) / len(words):.1f} %)")
    print(f"faults: {len(faults)}, caught {100 - 100 * len(missed) / len(faults):.1f} %")
    total, gone = Counter(kind for kind, _ in faults), Counter(kind for kind, _ in missed)
    for kind in total:
        print(f"  {kind:<20} {total[kind]:>5}  caught {100 - 100 * gone[kind] / total[kind]:.1f} %")
    for kind, one in missed[: options.show]:
        print(f"MISSED {kind}: {one.text}\n   IN {one.quote}", file=sys.stderr)
    for one, problems in unworded[: options.show]:
        print(f"LOST {problems}: {one.text}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
