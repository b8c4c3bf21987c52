"""Stand-ins and invented reports for tests: an embedder without a model, small documents, Northmoor Police."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.late import TokenVectors
from index.tokens import words
from ingest.document import Document, DocumentKind, Kind, Metadata, Paragraph

DIMENSIONS = 16


class FakeEmbedder:
    """Each word has a direction, drawn from its hash; a text is the sum of its words. Keeps what it is given."""

    def __init__(self, name: str = "fake-words", sha256: str = "0" * 64) -> None:
        self.name, self.sha256 = name, sha256
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return (
            np.array([self._unit(sum(map(_direction, words(text)), np.full(DIMENSIONS, 1e-3))) for text in texts])
            .reshape(len(texts), DIMENSIONS)
            .astype(np.float32)
        )

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        found = []
        for text in texts:
            tokens = tuple(words(text))
            rows = np.array([self._unit(_direction(token)) for token in tokens], dtype=np.float32)
            found.append(TokenVectors(tokens, rows.reshape(len(tokens), DIMENSIONS)))
        return found

    @staticmethod
    def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(vector / np.linalg.norm(vector))


def _direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=DIMENSIONS)


def silent(what: str, done: int, total: int) -> None:
    """A progress report that nobody reads."""


def paragraph(
    name: str,
    text: str,
    kind: Kind = Kind.FINDING,
    lead_in: str = "",
    headings: tuple[str, ...] = ("Responding to the public",),
    start: int = 0,
) -> Paragraph:
    return Paragraph(name, text, ((start, start + len(text)),), kind, headings, lead_in, "4.7", "22")


def document(
    name: str,
    *paragraphs: Paragraph,
    title: str = "PEEL 2016: Northmoor Police",
    kind: DocumentKind = DocumentKind.INSPECTION_REPORT,
    period: str | None = "2016",
    date: str | None = "2016-12-08",
    acronyms: tuple[tuple[str, str], ...] = (),
) -> Document:
    metadata = Metadata(title, kind, "HMIC", "Northmoor Police", period, date)
    text = "\n".join(each.text for each in paragraphs)
    return Document(name, f"{name}.md", f"sha-of-{name}", text, metadata, paragraphs, acronyms)


# --- two invented reports on an invented force ------------------------------------------------------------------------

NORTHMOOR_2016 = """# PEEL 2016: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2016

Published: 8 December 2016

## Preventing crime

Good

Northmoor Police is good at preventing crime. Neighbourhood officers know the villages they work in, and they meet the
parish wardens every second Thursday in the Harbour Hall.

The rural crime team had 14 officers in 2016, who shared two vans with the parks service.

## Responding to the public

Requires improvement

Northmoor Police requires improvement in responding to the public. Non-emergency calls waited too long in a queue.

The control room lost 31 percent of its non-emergency calls before an operator could pick them up.

### Areas for improvement

- The force should make sure that callers to the non-emergency line are told how long they will wait.
- The force should review how its operators record the vulnerability of repeat callers.

## Investigating crime

Good

Northmoor Police is good at investigating crime. Detectives write a plan for each investigation, and supervisors read
it within three days.

Mobile data terminals (MDT) were fitted to every patrol car in March 2016, because officers had lost hours by driving
back to a station to write their notes.
"""

NORTHMOOR_2021 = """# PEEL 2021/22: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: 2021/22

Published: 14 April 2022

## Preventing crime

Adequate

Northmoor Police is adequate at preventing crime. Problem-solving plans are kept on one system, but few of them say
who will do what by when.

The rural crime team had 22 officers in 2021, and vans of its own.

## Responding to the public

Inadequate

Northmoor Police is inadequate at responding to the public. Its non-emergency line was closed at weekends.

We found that the force does not:

- record why an operator ends a call early;
- tell victims of burglary when an officer will come; or
- check the welfare of operators after distressing calls.

### Areas for improvement

- The force should reopen its non-emergency line at weekends.
- The force should teach operators to recognise coercive control.

## Managing offenders

Good

Northmoor Police is good at managing offenders. Offender managers visit each registered offender at home without
warning, and a sergeant samples their notes every month.

The harbour project cost £240,000 and ended in May 2021.
"""


def write_northmoor(folder: Path) -> Path:
    """Write the two reports into a new folder and return it."""
    folder.mkdir(parents=True)
    (folder / "northmoor-2016.md").write_text(NORTHMOOR_2016, encoding="utf-8")
    (folder / "northmoor-2021.md").write_text(NORTHMOOR_2021, encoding="utf-8")
    return folder
