"""An invented force, two reports and a digest on it, and a desk that gives the replies it is told to give."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.scope import Scope
from index.build import Change
from index.retriever import Hit
from index.tokens import content_stems
from ingest.document import Document, DocumentKind, Kind, Metadata, Paragraph
from ingest.register import Register
from ui.desk import Report
from ui.shelf import Shelf

LEAD_IN = "Northmoor Police should, within three months, make sure that it:"


def paragraph(name: str, text: str, kind: Kind = Kind.FINDING, lead_in: str = "") -> Paragraph:
    return Paragraph(name, text, ((0, 10),), kind, ("Responding to the public",), lead_in, "4.7", "22")


CALLS = paragraph("northmoor-2015#p001", "Calls to 999 were answered in nine seconds. Calls to 101 took far longer.")
GRADE = paragraph("northmoor-2015#p002", "The force requires improvement at responding to the public.", Kind.GRADE)
FIRST_ITEM = paragraph(
    "northmoor-2022#p001", f"{LEAD_IN} answers calls to 101 sooner; and", Kind.AREA_FOR_IMPROVEMENT, LEAD_IN
)
SECOND_ITEM = paragraph(
    "northmoor-2022#p002", f"{LEAD_IN} records who is vulnerable.", Kind.AREA_FOR_IMPROVEMENT, LEAD_IN
)
SCRIPT = paragraph("northmoor-digest#p001", "<script>alert('calls')</script> & ${value} {{value}} are no part of it.")


def document(name: str, kind: DocumentKind, title: str, date: str, *paragraphs: Paragraph) -> Document:
    metadata = Metadata(title, kind, "HMICFRS", "Northmoor Police", date[:4], date)
    return Document(name, f"{name}.pdf", f"sha-of-{name}", "", metadata, paragraphs)


REPORT_2015 = document(
    "northmoor-2015", DocumentKind.INSPECTION_REPORT, "PEEL 2015 on Northmoor", "2015-12-09", CALLS, GRADE
)
REPORT_2022 = document(
    "northmoor-2022", DocumentKind.INSPECTION_REPORT, "PEEL 2022 on Northmoor", "2022-04", FIRST_ITEM, SECOND_ITEM
)
DIGEST = document(
    "northmoor-digest", DocumentKind.DIGEST, "Digest of the panel paper on <Northmoor>", "2019-06-18", SCRIPT
)
DOCUMENTS = (REPORT_2015, REPORT_2022, DIGEST)
SEARCHED = Searched(DOCUMENTS, 1_234)
DOCUMENT_OF = {each.id: document for document in DOCUMENTS for each in document.paragraphs}


def cite(source: Paragraph, quote: str = "") -> Citation:
    return Citation(source, DOCUMENT_OF[source.id], quote or source.text)


def say(source: Paragraph, quote: str = "") -> Statement:
    """The quote, or the whole paragraph, as a statement that cites it."""
    return Statement(quote or source.text, (cite(source, quote),))


def answer(*statements: Statement, question: str = "How are calls answered?", notes: tuple[str, ...] = ()) -> Answer:
    return Answer(question, statements, SEARCHED, notes)


def refusal(reason: Reason = Reason.NOT_ANSWERED, *nearest: Citation) -> Refusal:
    return Refusal("How many horses are there?", reason, "None of them speaks of horses.", SEARCHED, nearest)


def refuse(_: str) -> Reply:
    return refusal()


def by_model(question: str) -> Reply:
    """As a language model words an answer of which the check has struck out a sentence."""
    said = answer(say(CALLS), say(GRADE), question=question)
    return replace(said, written_by_model=True, dropped=("Calls were answered by robots.",))


SHELF = Shelf.of(DOCUMENTS)


@dataclass(frozen=True)
class FakeDesk:
    reply: Callable[[str], Reply] = refuse
    documents: tuple[Document, ...] = DOCUMENTS
    questions: tuple[str, ...] = ("How are calls answered?", "How many horses are there?")
    fingerprint: str = "0123abcd"
    folder: Path = Path("no-such-store")
    unreadable: tuple[str, ...] = ()
    grows: tuple[Reply, ...] = ()  # what `stream` gives before the reply
    asked: list[tuple[Scope, tuple[Reply, ...]]] = field(default_factory=list)  # what came with each question

    @property
    def shelf(self) -> Shelf:
        return Shelf.of(self.documents)

    @property
    def register(self) -> Register:
        return Register.of(self.documents)

    @property
    def reports_folder(self) -> Path:
        return self.folder

    def update(self, report: Report) -> Change | None:
        report("embedding", 1, 1)
        return None

    def ask(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Reply:
        self.asked.append((scope, tuple(earlier)))
        return self.reply(question)

    def stream(self, question: str, scope: Scope, earlier: Sequence[Reply]) -> Iterator[Reply]:
        yield from self.grows
        yield self.ask(question, scope, earlier)

    def find(self, question: str, k: int, scope: Scope) -> list[Hit]:
        """Paragraphs that share a word with the question, in reading order."""
        wanted = set(content_stems(question))
        every = [(each, document) for document in self.documents for each in document.citable()]
        return [Hit(each, document, 0.5) for each, document in every if wanted & set(content_stems(each.text))][:k]

    def examples(self) -> tuple[str, ...]:
        return self.questions


# --- the program itself, in a process of its own ----------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import app, fake_desk, sys, ui.desk; from pathlib import Path; "
    "ui.desk.live_desk = lambda *_: fake_desk.FakeDesk(fake_desk.{reply}, folder=Path({folder!r})); sys.exit(app.main())"
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def start_app(
    port: int, folder: Path | None = None, reply: str = "refuse", **settings: object
) -> "subprocess.Popen[str]":
    """`python app.py --port PORT`, with `FakeDesk` for the assistant; its first line on standard output is read. Without
    a `folder` to keep things in, there is no audit log. `reply` names the function of this module that answers."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests/ui")])
    chosen = {"audit_megabytes": 1 if folder else 0, **settings}
    set_so = {f"EVIDENCE_DESK_{name.upper()}": str(value) for name, value in chosen.items()}
    command = [
        sys.executable,
        "-c",
        PROGRAM.format(folder=str(folder or "no-such-store"), reply=reply),
        "--port",
        str(port),
    ]
    environment = {**os.environ, "PYTHONPATH": path, **set_so}
    pipe = subprocess.PIPE
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "Opening the index…\n"
    return running
