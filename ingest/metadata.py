"""What a document says of itself: title, kind, publisher, body inspected, period and date.

Owns the rules that find them in the text. Leaves corrections by hand to a later `documents.toml`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.dates import DAY_MONTH_YEAR, MONTH_YEAR, iso_date
from ingest.document import Block, DocumentKind, Metadata, Reading, Role
from ingest.furniture import COPYRIGHT, STAMP
from ingest.lines import FIELD
from ingest.paragraphs import title_length
from ingest.tracker import is_tracker

_NAME = r"(?:[A-Z][A-Za-z'’-]+(?: (?:and|of|&|upon) (?=[A-Z])| (?=[A-Z]))?){1,5}"
_BODY = re.compile(
    rf"\b({_NAME}(?:Police(?: Service)?|Constabulary|Fire and Rescue Service|Fire & Rescue Service|Fire Service))"
    rf"(?![’'a-z]*\s+(?:and Crime|Federation|Chiefs|Conduct|National))\b"
)
_NOT_A_BODY = re.compile(
    r"^(?:The|National|British|Our|All|Each|Other|Home|College|PEEL|HM)\b|\b(?:Wellbeing|Crime|HMICFRS|PEEL|Inspectorate)\b"
)
_PERIOD = re.compile(r"\b((?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?)\b(?!\s*\))")
_PEEL = re.compile(r"\bPEEL\b[^\n.]{0,45}?\b((?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?)\b")
_INSPECTED = re.compile(r"\b(?:inspected|fieldwork)\b[^.]{0,60}?\bbetween \w+ and \w+ ((?:19|20)\d\d)\b", re.I)
_PUBLISHER = re.compile(r"\b(HMICFRS|HMIC|HMCPSI|Ofsted|CQC|Audit Office|Police and Crime Panel)\b")
_OPENING = 12  # blocks; a document introduces itself in its first dozen


def read_metadata(reading: Reading, file_stem: str) -> Metadata:
    """Title, kind, publisher, body, period and date as far as the text gives them.

    A labelled line ("Body inspected: ...") wins over anything inferred. The body is the police force or fire service
    named most often; the period is the year beside the inspection's name in the title, else in the opening, else the
    year in which the text says the body was inspected; the date is a stamp or copyright line, else one in the title,
    else a tracker's latest entry.
    """
    visible = [block for block in reading.blocks if block.role is not Role.FURNITURE]
    fields = _fields(reading.text, visible)
    title = _title(reading) or reading.title
    kind = _kind(reading, title or "", fields)
    body = _without_remark(fields.get("body inspected")) or _body(reading.text)
    period = _clean_period(fields.get("inspection period")) or _period(title or "", reading, kind)
    printed = fields.get("published") or fields.get("date") or ""
    date = iso_date(printed.rpartition(" to ")[2]) or iso_date(printed) or _date(reading, title or "", kind)
    named = _without_remark(fields.get("publisher") or fields.get("publisher of the report"))
    publisher = named or _publisher(reading.text, kind)
    return Metadata(title or _made_title(body, period, visible, file_stem), kind, publisher, body, period, date)


def _fields(text: str, blocks: Sequence[Block]) -> dict[str, str]:
    """The labelled lines of the opening; a reader may have run several together, or set them as rows of a table."""
    found: dict[str, str] = {}
    for block in blocks[:_OPENING]:
        line = " ".join(text[start:end] for start, end in block.pieces) if block.role is Role.ROW else block.text
        line = " ".join(line.split())
        marks = list(FIELD.finditer(line))
        if not marks or marks[0].start() > 0:
            continue
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(line)], strict=True):
            found.setdefault(mark[1].lower(), line[mark.end() : end].strip().removesuffix("."))
    return found


def _without_remark(field: str | None) -> str | None:
    """A field's value without the remark in brackets behind it."""
    return re.sub(r"\s*\(.*", "", field) if field else None


def _title(reading: Reading) -> str | None:
    headings = [block.text for block in reading.blocks if block.role is Role.HEADING][: title_length(reading.blocks)]
    parts = [text for text in headings if not text.endswith("?")] or headings
    return " – ".join(parts) or None


def _made_title(body: str | None, period: str | None, blocks: Sequence[Block], file_stem: str) -> str:
    """A title for a text that has none: its body and period and its first heading, or the file's name."""
    first = next((block.text for block in blocks if block.role is Role.HEADING), None)
    subject = re.sub(r"^overview\s*[–-]\s*", "", first, flags=re.I) if first else file_stem
    named = " ".join(part for part in (body, period) if part)
    return f"{named}: {subject}" if named else subject


def _kind(reading: Reading, title: str, fields: dict[str, str]) -> DocumentKind:
    if fields.get("kind", "").lower().startswith("digest") or re.match(r"digest\b", title, re.I):
        return DocumentKind.DIGEST
    if is_tracker(reading.text):
        return DocumentKind.TRACKER_ENTRY
    if re.search(r"\b(?:panel|committee|council|cabinet)\b", title, re.I):
        return DocumentKind.PANEL_PAPER
    opening = " ".join(block.text for block in reading.blocks[: 4 * _OPENING])
    if re.search(r"\binspect(?:ion|ed|s)?\b|\bPEEL\b", f"{title} {opening}", re.I):
        return DocumentKind.INSPECTION_REPORT
    return DocumentKind.OTHER


def _body(text: str) -> str | None:
    # A name may run over a wrapped line, never over a blank one.
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    names = Counter(
        match[1] for part in paragraphs for match in _BODY.finditer(part) if not _NOT_A_BODY.search(match[1])
    )
    return names.most_common(1)[0][0] if names else None


def _clean_period(text: str | None) -> str | None:
    match = _PERIOD.search(text or "")
    return re.sub(r"\s?[–-]\s?", "/", match[1]) if match else None


def _period(title: str, reading: Reading, kind: DocumentKind) -> str | None:
    opening = " ".join(block.text for block in reading.blocks[:_OPENING])
    for source in (title, opening):
        match = _PEEL.search(source)
        if match:
            return _clean_period(match[1])
    if kind is DocumentKind.PANEL_PAPER:
        return None
    text = re.sub(r"\s+", " ", reading.text)
    inspected = Counter(_INSPECTED.findall(text))
    if inspected:
        return str(inspected.most_common(1)[0][0])
    years = Counter(re.findall(r"\b(?:19|20)\d\d\b", text))
    return _clean_period(title) or (years.most_common(1)[0][0] if years else None)


def _date(reading: Reading, title: str, kind: DocumentKind) -> str | None:
    if kind is DocumentKind.TRACKER_ENTRY:
        return max((block.dated for block in reading.blocks if block.dated), default=None)
    stamps = [block.text for block in reading.blocks if STAMP.match(block.text) or COPYRIGHT.search(block.text)]
    for text in (*stamps, title):
        found = iso_date(text) if DAY_MONTH_YEAR.search(text) or MONTH_YEAR.search(text) or STAMP.match(text) else None
        if found:
            return found
    return None


def _publisher(text: str, kind: DocumentKind) -> str | None:
    if kind is DocumentKind.PANEL_PAPER:
        match = re.search(rf"\b({_NAME}Police and Crime Panel)\b", text, re.I)
        if match:
            return " ".join(
                word.capitalize() if word.isupper() and word != "AND" else word.lower() if word == "AND" else word
                for word in match[1].split()
            )
    for line in text.splitlines():
        match = _PUBLISHER.search(line) if COPYRIGHT.search(line) else None
        if match:
            return match[1]
    names = Counter(_PUBLISHER.findall(text))
    return names.most_common(1)[0][0] if names else None
