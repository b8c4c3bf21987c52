"""What a document says of itself: title, kind, publisher, bodies inspected, period, fieldwork and date, with places.

Owns title, kind, period and fieldwork, and putting the fields together. Leaves bodies to `bodies`, publisher and date
to `publication`, and corrections by hand to `corrections`. Pure.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.bodies import Said, find_bodies, labelled_bodies, locate
from ingest.dates import Interval, iso_date, resolve
from ingest.document import Block, DocumentKind, Metadata, Reading, Role, Span
from ingest.grades import is_grade
from ingest.lines import is_in_capitals
from ingest.paragraphs import title_length
from ingest.publication import COVER, COVER_WORDS, find_date, find_publisher, is_office
from ingest.tracker import is_tracker

FIELD = re.compile(
    r"(?:^|(?<=\s))(Kind|Title|Digest of|Digest made|Publisher(?: of the report)?|Inspectorate|Inspected by|"
    r"(?:Bod(?:y|ies)|Forces?|Services?) inspected|Inspection period|Period inspected|Period|"
    r"Fieldwork(?: dates)?|Inspected|Visit(?:s|ed)?|Visit dates|Dates? of (?:the )?(?:inspection|fieldwork)|Inspection dates?|On-?site|"
    r"Published(?: on)?|Issued(?: on)?|Publication date|Date of (?:publication|issue|meeting|report)|Date)\s?:\s+(?=\S)"
)
_LABELS = {
    "title": ("title",),
    "publisher": ("publisher", "publisher of the report", "inspectorate", "inspected by"),
    "bodies": ("body inspected", "bodies inspected", "force inspected", "forces inspected", "service inspected", "services inspected"),
    "period": ("inspection period", "period inspected", "period"),
    "fieldwork": ("fieldwork", "fieldwork dates", "date of inspection", "dates of inspection", "date of the inspection", "dates of the inspection", "dates of fieldwork", "inspection date", "inspection dates", "on-site", "onsite", "inspected", "visit", "visits", "visited", "visit dates"),
    "date": ("published", "published on", "issued", "issued on", "publication date", "date of publication", "date of issue", "date", "date of meeting", "date of report"),
}  # fmt: skip
_PERIOD = re.compile(r"\b((?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?)\b(?!\s*\))")
_NAMED = re.compile(r"\b(?:PEEL|[Ii]nspection|[Aa]ssessment)\b[^\n.]{0,45}?\b((?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?)\b")
_PEEL = re.compile(r"\bPEEL\b[^\n.]{0,45}?\b((?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?)\b")
_INSPECTED = re.compile(r"\b(?:inspected|fieldwork)\b[^.]{0,60}?\bbetween \w+ and \w+ ((?:19|20)\d\d)\b", re.I)
# What says that a time is that of the inspection, directly before it in the same sentence.
_FIELDWORK = re.compile(
    r"\b(?:(?:our |the |main )*(?:fieldwork|inspection|visit)(?: \w+){0,4}? (?:took place|was (?:carried out|conducted|done|undertaken)|ran|lasted)"
    r"|fieldwork (?:was|of)|(?:we|HMIC|HMICFRS|inspectors|was|were) (?:inspected|visited)|inspected(?!\s*:)|on-?site)\b",
    re.I,
)
_FIELDWORK_REACH = 90  # characters between those words and the time; not tuned
_INQUIRY = re.compile(
    r"\bselect committee\b|\breport of session\b|\bpublic inquiry\b|\binquiries act\b|\bordered by the house\b"
    r"|\bordered to be printed\b|\b(?:HL|HC) (?:paper )?\d|\binquiry$",
    re.I | re.M,
)
_ANSWER = re.compile(
    r"\b(?:responses?|reply) (?:of [\w ]+ |from [\w ]+ |by [\w ]+ )?to\b|\bstatutory response\b"
    r"|\b(?:government|department|council|trust|management|commissioner)(?:[’']s)? (?:response|reply)\b",
    re.I,
)
_COVER_LINE = re.compile(
    r"^(?:a )?report(?: by\b.*)?$|^(?:presented|ordered|laid|published|a report by)\b|^(?:\d{1,2} )?[A-Z][a-z]+ (?:19|20)\d\d$",
    re.I,
)
# "Police and Crime Panel 18 June 2019 – ": before which meeting a paper was laid.
_SITTING = re.compile(
    r"^[^–]*\b(?:panel|committee|council|cabinet|board)\b[^–]*?\b\d{1,2}(?:st|nd|rd|th)? [A-Z]+,? (?:19|20)\d\d – (?=\S+ \S)",
    re.I,
)
_SMALL_WORDS = frozenset({"and", "of", "the", "upon", "an", "a", "in", "on", "for", "to", "at", "by", "from", "with"})
_LETTERHEAD = 20  # blocks above a salutation: addresses, a date, references. Not tuned
_OPENING = 12  # blocks; a document introduces itself in its first dozen
FEWEST_GRADES = 2  # one may be quoted
_OF_INSPECTION = (DocumentKind.INSPECTION_REPORT, DocumentKind.TRACKER_ENTRY, DocumentKind.DIGEST)


def read_metadata(reading: Reading, file_stem: str) -> Metadata:
    """Every field as far as the text gives it, with its span where it stands in one place.

    A labelled line ("Body inspected: ...") wins over anything inferred. The period is the year beside the inspection's
    name in the title, else in the opening, else the year in which the text says the body was inspected.
    """
    text = reading.text
    visible = [block for block in reading.blocks if block.role is not Role.FURNITURE]
    fields = _fields(text, visible)
    said = {
        name: next((fields[label] for label in labels if label in fields), None) for name, labels in _LABELS.items()
    }
    title = _title(reading) or (Said(reading.title) if reading.title else None) or Said("")
    kind = _kind(reading, title.value, fields)
    only_titled = kind is DocumentKind.RESPONSE or _INQUIRY.search(_cover_lines(reading)) is not None
    bodies = labelled_bodies(said["bodies"], text) or find_bodies(title.value, text, visible, only_titled)
    is_of_paper = kind is DocumentKind.DIGEST and re.search(r"\b(?:panel|tracker)\b", title.value, re.I)
    fieldwork = None if is_of_paper else _fieldwork(said["fieldwork"], text, kind)
    period = _labelled_period(said["period"], text) or _period(title.value, reading, kind, fieldwork)
    date = _labelled_date(said["date"], text) or find_date(reading, title.value, kind)
    named = _without_remark(said["publisher"])
    publisher = Said(named, locate(text, named)) if named else find_publisher(reading, title.value, kind)
    names = [each.value for each in bodies]
    first = names[0] if names else None
    places = {
        "title": title.span,
        "publisher": publisher and publisher.span,
        "bodies": bodies[0].span if bodies else None,
        "period": period and period.span,
        "fieldwork": fieldwork and fieldwork.span,
        "date": date and date.span,
    }
    return Metadata(
        title=shown_title(title.value, text)
        or _made_title(first, period.value if period else None, visible, file_stem),
        kind=kind,
        publisher=publisher.value if publisher else None,
        body=first,
        period=period.value if period else None,
        date=date.value if date else None,
        other_bodies=tuple(names[1:]),
        fieldwork=(fieldwork.start, fieldwork.end) if fieldwork else None,
        spans=tuple((field, span) for field, span in places.items() if span),
    )


def _fields(text: str, blocks: Sequence[Block]) -> dict[str, str]:
    """The labelled lines of the opening; a reader may have run several together, or set them as rows of a table."""
    found: dict[str, str] = {}
    for block in blocks[:_OPENING]:
        line = " ".join(text[start:end] for start, end in block.pieces) if block.role is Role.ROW else block.text
        line = re.sub(r"\*\*|__", "", " ".join(line.split()))
        marks = list(FIELD.finditer(line))
        if not marks or (marks[0].start() > 0 and len(marks) == 1):
            continue
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(line)], strict=True):
            found.setdefault(mark[1].lower(), line[mark.end() : end].strip().removesuffix("."))
    return found


def _without_remark(field: str | None) -> str | None:
    """A field's value without the remark in brackets behind it."""
    return re.sub(r"\s*\(.*", "", field) if field else None


def _title(reading: Reading) -> Said | None:
    """The leading headings; on a cover with headings of several sizes, the largest and what stands below it."""
    visible = [block for block in reading.blocks if block.role is not Role.FURNITURE]
    subject = _subject_line(visible)
    if subject is not None:
        return Said(subject.text, (subject.pieces[0][0], subject.pieces[-1][1]))
    run = visible[: next((n for n, block in enumerate(visible) if block.role is not Role.HEADING), len(visible))]
    length = title_length(reading.blocks)
    headings = [block for block in reading.blocks if block.role is Role.HEADING][:length]
    if _is_cover(visible, run):
        largest = min(run, key=lambda block: block.level)
        below = run[run.index(largest) :]
        headings = below[: next((n for n, b in enumerate(below) if n and _COVER_LINE.match(b.text)), len(below))]
    headings = [block for block in headings if not FIELD.match(block.text)]
    headings = [block for block in headings if not is_office(block.text)] or headings
    parts = [block for block in headings if not block.text.endswith("?")] or headings
    # A line above the title, such as the name of a series, is no heading.
    parts = parts or [block for block in visible[:3] if block.role is Role.HEADING and block.level == 1][:1]
    if not parts:
        return None
    span = (min(block.pieces[0][0] for block in parts), max(block.pieces[-1][1] for block in parts))
    return Said(" – ".join(dict.fromkeys(block.text for block in parts)), span)


def shown_title(title: str, text: str) -> str:
    """The title as it is written in running text: without the sitting it was laid before, and not all in capitals.

    A word that the text has in capitals beside small letters ("PEEL") keeps them.
    """
    title = _SITTING.sub("", title)
    if not is_in_capitals(title):
        return title
    own = {word for line in text.splitlines() if not line.isupper() for word in re.findall(r"\b[A-Z]{2,}\b", line)}
    found = re.sub(r"[A-Z][A-Z’']*", lambda match: match[0] if match[0] in own else _small_or_capital(match[0]), title)
    return found[:1].upper() + found[1:]


def _small_or_capital(word: str) -> str:
    return word.lower() if word.lower() in _SMALL_WORDS else word.capitalize()


def _subject_line(visible: Sequence[Block]) -> Block | None:
    """The line below the salutation of a letter that says what it is about, printed as a heading or in capitals."""
    dear = next((n for n, block in enumerate(visible[:_LETTERHEAD]) if re.match(r"Dear [A-Z]", block.text)), None)
    below = visible[dear + 1 : dear + 2] if dear is not None else []
    return next((b for b in below if b.role is Role.HEADING or is_in_capitals(b.text)), None)


def _is_cover(visible: Sequence[Block], run: Sequence[Block]) -> bool:
    """A first page with headings of different sizes and no prose."""
    if len({block.level for block in run}) < 2 or not run[0].page or not all(block.level for block in run):
        return False
    page = [block for block in visible if block.page == run[0].page]
    return all(len(block.text.split()) <= COVER_WORDS + 1 for block in page if block not in run)


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
    cover = _cover_lines(reading)
    if _ANSWER.search(title) and not re.search(r"\bpanel\b", title, re.I):
        return DocumentKind.RESPONSE
    is_of_a_sitting = re.search(r"\b(?:panel|committee|council|cabinet)\b", title, re.I) and not _INQUIRY.search(title)
    if is_of_a_sitting and not _is_graded(reading):
        return DocumentKind.PANEL_PAPER
    if _INQUIRY.search(cover):
        return DocumentKind.OTHER
    if re.search(r"\bPolice(?:,? Fire)? and Crime Panel$|\bScrutiny Committee$", cover, re.I | re.M):
        return DocumentKind.PANEL_PAPER
    opening = " ".join(block.text for block in reading.blocks[: 4 * _OPENING])
    if re.search(r"\binspect(?:ion|ed|s)?\b|\bPEEL\b", f"{title} {opening}", re.I) or _is_graded(reading):
        return DocumentKind.INSPECTION_REPORT
    return DocumentKind.OTHER


def _is_graded(reading: Reading) -> bool:
    """Whether grades stand alone on lines of their own or in a column, as only those print them who give them."""
    rows = [block.text.rpartition(": ")[2] for block in reading.blocks if block.role is Role.ROW]
    alone = [block.text for block in reading.blocks if block.role in (Role.TEXT, Role.HEADING)]
    return sum(map(is_grade, (*rows, *alone))) >= FEWEST_GRADES


def _cover_lines(reading: Reading) -> str:
    return "\n".join(block.text for block in reading.blocks[: COVER // 2] if len(block.text.split()) <= COVER_WORDS)


def _clean_period(text: str | None) -> str | None:
    match = _PERIOD.search(text or "")
    return re.sub(r"\s?[/–-]\s?", "/", match[1]) if match else None


def _labelled_period(field: str | None, text: str) -> Said | None:
    value = _clean_period(field)
    return Said(value, locate(text, field or "")) if value else None


def _period(title: str, reading: Reading, kind: DocumentKind, stated: Interval | None) -> Said | None:
    opening = " ".join(block.text for block in reading.blocks[:_OPENING])
    for source, pattern in ((title, _PEEL), (opening, _PEEL), (title, _NAMED)):
        match = pattern.search(source)
        if match:
            return Said(_clean_period(match[1]) or "", locate(reading.text, match[0]) or locate(reading.text, match[1]))
    if kind is DocumentKind.PANEL_PAPER:
        return None
    text = re.sub(r"\s+", " ", reading.text)
    inspected = Counter(_INSPECTED.findall(text))
    if inspected:
        return Said(str(inspected.most_common(1)[0][0]))
    if kind not in _OF_INSPECTION:
        return None
    if stated:
        return Said(stated.start[:4], stated.span)
    years = Counter(re.findall(r"\b(?:19|20)\d\d\b", text))
    titled = _clean_period(title)
    if titled:
        return Said(titled, locate(reading.text, titled))
    return Said(years.most_common(1)[0][0]) if years else None


def _labelled_date(field: str | None, text: str) -> Said | None:
    """The date of a label; of two ("first entry to last entry") the later one."""
    date = iso_date((field or "").rpartition(" to ")[2]) or iso_date(field or "")
    return Said(date, locate(text, field or "")) if date else None


def _fieldwork(field: str | None, text: str, kind: DocumentKind) -> Interval | None:
    """When the inspectors were there: the times of a label, or the first that the text ties to the inspection.

    Months stand for their first and last day. A season or a year alone is no date of fieldwork.
    """
    begin = locate(text, field) if field else None
    if begin:
        return _shifted(_dated(text[slice(*begin)]), begin[0])
    if kind not in (DocumentKind.INSPECTION_REPORT, DocumentKind.DIGEST):
        return None
    first: Interval | None = None
    for match in _FIELDWORK.finditer(text):
        if first and match.start() - first.span[1] > _FIELDWORK_REACH:
            break
        behind = re.split(r"[.!?]\s+(?=[A-Z])|\n\s*\n", text[match.end() : match.end() + _FIELDWORK_REACH])[0]
        words = re.sub(r"\s", " ", behind)
        found = _dated(words)
        if found and not re.search(
            r"\b(?:records?|sample|data|since|published|figures?)\b", words[: found.span[0]], re.I
        ):
            own = _shifted(found, match.end())
            first = own if first is None or own is None else _joint(first, own)
    return first


def _joint(one: Interval, other: Interval) -> Interval:
    """Both times, where a text tells in one place that its parts were inspected at different ones."""
    return Interval(min(one.start, other.start), max(one.end, other.end), (one.span[0], other.span[1]))


def _dated(words: str) -> Interval | None:
    """The first time in `words` that is given by month or day."""
    months = (found for found in resolve(words) if re.search(r"[A-Za-z]{3}|/\d\d/", words[slice(*found.span)]))
    return next((f for f in months if not re.match(r"spring|summer|autumn|winter", words[f.span[0] :], re.I)), None)


def _shifted(found: Interval | None, offset: int) -> Interval | None:
    return found and Interval(found.start, found.end, _moved(found.span, offset))


def _moved(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset
