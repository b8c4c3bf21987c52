"""Lines of plain text become chunks: runs of lines that belong together.

Owns wrapping, hyphens and page breaks as they show in plain text. Leaves what a chunk is to `plain`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Span
from ingest.grades import is_labelled_grade
from ingest.table_notes import UNMARKED_NOTE, note_mark

BULLET = re.compile(r"^(?:[•▪●◦‣·]\s*|[-–*]\s+)(?=\S)")
# "12. Text" or "12) Text": a printed number and a capital; a year or a decimal never has the full stop and the space.
NUMBERED = re.compile(r"^(\d{1,3})[.)]\s+(?=[“\"'‘(A-Z])")
# "1. mend its boats;" and "b) count": a point that goes on from a sentence, so only where one is open.
ITEMED = re.compile(r"^\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=[a-z(‘“])")
_IS_OPEN = re.compile(r"(?:[:;,]|\b(?:and|or))$")
# "R1  Text", "AFI 2  Text": a point's code set off from its words by a gap.
CODED = re.compile(r"^(?:[A-Z]{1,3}\s?\d{1,2}[.:)]?)\s{2,}(?=[“\"'‘(A-Z])")
TERMINAL = re.compile(r"[.?!:;][\"”’')\]]*$")
# What a document says of itself on labelled lines; each such line stands alone, wrapped or not.
FIELD = re.compile(
    r"(?:^|(?<=\s))(Kind|Digest of|Digest made|Publisher(?: of the report)?|Body inspected|Inspection period|"
    r"Published|Issued|Inspected|Visit(?:ed)?|Date)\s?:\s+(?=\S)"
)
# "3.10 Text", "B.1 Text": a paragraph's number by section, without a full stop behind it; never cuts a run of lines.
SECTIONED = re.compile(r"^((?:\d{1,2}|[A-Z])(?:\.\d{1,3}){1,3})\.?\s+(?=[“\"'‘(A-Z])")
COLUMNS = re.compile(r"\S {3,}(?=\S)")  # a gap between columns; two spaces also stand behind a full stop
LEADERS = re.compile(r"\S\s*\.{4,}\s*\d{1,4}$")  # a line of a contents list, with dots up to its page number
UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|_{3,}|~{3,}|\*{3,})$")  # typed below a heading, or between parts
FOOTNOTE_RULE = re.compile(r"^ {20,}$")  # PDF extraction leaves the rule above footnotes as a line of spaces
ADDRESS = re.compile(r"(?:https?://|www\.)\S+/\S*$")
GLUED_STOP = re.compile(r"(?<=[a-z)])([.?!])(?=[A-Z][a-z])")
FEWEST_CAPITALS = 2  # words of two letters or more; one alone may be an acronym in running text
LABEL_WIDTH = 0.6  # a line shorter than this share of its run's widest line was not cut by wrapping


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line. `start:end` are the offsets of its visible part."""

    start: int
    end: int
    text: str
    raw: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines that were one paragraph, heading, bullet or table row before wrapping."""

    lines: tuple[Line, ...]
    begins_page: bool = False
    after_rule: bool = False  # directly below a footnote rule
    blanks_before: int = 0
    blanks_after: int = 0
    is_underlined: bool = False

    @property
    def text(self) -> str:
        return join_lines([line.text for line in self.lines])

    @property
    def pieces(self) -> tuple[Span, ...]:
        return ((self.lines[0].start, self.lines[-1].end),)


def join_lines(texts: Sequence[str]) -> str:
    """Rejoin wrapped lines with single spaces; a hyphen at a line's end stays, for it is a compound's own."""
    joined = ""
    for text in texts:
        glue = "" if not joined or re.search(r"\w-$", joined) or _is_cut_address(joined, text) else " "
        joined += glue + text
    return GLUED_STOP.sub(r"\1 ", " ".join(joined.split()))


def _is_cut_address(above: str, below: str) -> bool:
    """Whether an address that fills the end of a line goes on below: its last part has no ending such as ".pdf" yet."""
    address = ADDRESS.search(above)
    goes_on = re.match(r"[\w%-]*[._/][\w%./-]*\w(?=\s|$)", below)
    return address is not None and goes_on is not None and not re.search(r"/$|\.[a-z]{2,4}$", address[0])


def split_lines(text: str) -> list[Line]:
    """Every line of the text, blank ones included; a form feed ends a line too."""
    found = []
    for match in re.finditer(r"[^\n\f]*(?:[\n\f]|$)", text):
        raw = match.group().rstrip("\n\f")
        body = raw.strip()
        start = match.start() + (len(raw) - len(raw.lstrip()))
        found.append(Line(start, start + len(body), body, raw))
    return found


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the text was cut into lines of a page's width.

    Wrapped text goes on in lower case on the next line; one-line paragraphs do not. On the five reports the share of
    such pairs among visible lines is 0.54 in the wrapped one and below 0.01 in the others; 0.15 lies between.
    """
    visible = [line for line in lines if line.text]
    pairs = sum(1 for line, following in pairwise(lines) if len(line.text) > 5 and following.text[:1].islower())
    return bool(visible) and pairs / len(visible) > 0.15


def begins_page(line: Line, wrapped: bool) -> bool:
    """PDF extraction marks a page's first line with one leading space; anything wider is indentation."""
    return wrapped and re.match(r"^ \S", line.raw) is not None


def is_in_capitals(text: str) -> bool:
    """Whether a line is words in capitals, as headings are typed where nothing else can mark them."""
    return text.isupper() and len(re.findall(r"[A-Z]{2,}", text)) >= FEWEST_CAPITALS


def is_labelled_line(text: str) -> bool:
    """Whether a line says of the document what it is: "Published: 3 May 2016", or several such fields in a row."""
    return FIELD.match(text) is not None or len(FIELD.findall(text)) > 1


def _ends_label(done: Sequence[Line], following: Line, widest: int) -> bool:
    """Whether the lines so far are a heading and the next line opens the text below it, without a blank line."""
    last = done[-1].text
    if FIELD.match(done[0].text):
        return False
    if not following.text[:1].isupper() or len(done) > 3 or not done[0].text[:1].isupper():
        return False
    if last.endswith("?"):
        return not re.search(r"[.?!] ", " ".join(line.text for line in done))
    return len(done) == 1 and len(last) < LABEL_WIDTH * widest and not re.search(r"[.,;:)\d-]$", last)


def _cuts(done: Sequence[Line], line: Line, wrapped: bool, widest: int) -> bool:
    if (
        BULLET.match(line.text)
        or NUMBERED.match(line.text)
        or CODED.match(line.text)
        or note_mark(line.text)
        or UNMARKED_NOTE.match(line.text)
        or (ITEMED.match(line.text) and _IS_OPEN.search(done[-1].text))
        or begins_page(line, wrapped)
        or any("\t" in each.raw.strip("\n ") for each in (line, done[-1]))
    ):
        return True
    if COLUMNS.search(line.text) and COLUMNS.search(done[-1].text):
        return True
    if LEADERS.search(line.text) or LEADERS.search(done[-1].text):
        return True
    if is_labelled_grade(line.text) or is_labelled_grade(done[-1].text):
        return True
    if is_in_capitals(done[-1].text) and not is_in_capitals(line.text):
        return True
    if FIELD.match(line.text) or UNDERLINE.match(line.text) or UNDERLINE.match(done[-1].text):
        return True
    if not wrapped:
        return not (line.text[:1].islower() and not TERMINAL.search(done[-1].text))
    if BULLET.match(done[0].text):
        return False
    return _ends_label(done, line, widest)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[list[Line], int, bool]]:
    """Runs of visible lines, with the number of blank lines and any footnote rule above each."""
    run: list[Line] = []
    blanks, rule = 0, False
    for line in lines:
        if line.text:
            run.append(line)
            continue
        if run:
            yield run, blanks, rule
            run, blanks, rule = [], 0, False
        blanks += 1
        rule = rule or bool(FOOTNOTE_RULE.match(line.raw))
    if run:
        yield run, blanks, rule


def chunks(text: str) -> list[Chunk]:
    """Cut a text into chunks, in order; together they hold every visible line once."""
    lines = split_lines(text)
    wrapped = is_wrapped(lines)
    runs = list(_runs(lines))
    found: list[Chunk] = []
    for number, (run, blanks, rule) in enumerate(runs):
        widest = max(len(line.text) for line in run)
        groups: list[list[Line]] = [[run[0]]]
        for line in run[1:]:
            if _cuts(groups[-1], line, wrapped, widest):
                groups.append([line])
            else:
                groups[-1].append(line)
        after = runs[number + 1][1] if number + 1 < len(runs) else 0
        for place, group in enumerate(groups):
            found.append(
                Chunk(
                    tuple(group),
                    begins_page=begins_page(group[0], wrapped),
                    after_rule=rule and place == 0,
                    blanks_before=blanks if place == 0 else 0,
                    blanks_after=after if place == len(groups) - 1 else 0,
                    is_underlined=place + 1 < len(groups) and UNDERLINE.match(groups[place + 1][0].text) is not None,
                )
            )
    return found
