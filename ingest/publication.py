"""Who published a document, and when, and where it says so.

Owns the places where official papers print both: cover, stamps, copyright lines, imprint. Leaves kind and title to
`metadata`. Pure.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.bodies import NAME, Said, locate
from ingest.dates import DAY_MONTH_YEAR, MONTH_YEAR, iso_date
from ingest.document import Block, DocumentKind, Reading, Role
from ingest.furniture import COPYRIGHT, STAMP

COVER = 40  # blocks; cover and imprint of the longest inquiry report here end within 16, those of a web page within 5
COVER_WORDS = 14  # a longer block of a cover is prose
_PANEL = re.compile(rf"\b({NAME}Police(?:,? Fire)? and Crime Panel)\b", re.I)
_INSPECTORATE = re.compile(
    r"\b(HMICFRS|HMIC|HMCPSI|HMIP|Ofsted|CQC|Audit Office|Police and Crime Panel"
    r"|(?:His|Her) Majesty[’']s Inspectorate of [A-Z][A-Za-z]+(?:(?:,| and| &| of)? [A-Z][A-Za-z]+)*"
    r"|(?:[A-Z][a-z]+ (?:and )?){1,5}(?:Inspectorate|Audit Office|Audit Commission|Ombudsman)\b(?! of| for))"
)
_COPYRIGHT_HOLDER = re.compile(
    r"©\s*(?:Copyright\s+)?(?:(?:19|20)\d\d\s+)?(?!Crown\b|\d)([A-Z][\w’'&]*(?: (?:[a-z]{2,3} )?[A-Z][\w’'&]*){0,8})"
)
_PUBLISHED_BY = re.compile(
    r"\b[Pp]ublished by (?:the )?(?!Authority)((?:[A-Z][\w’'&]*)(?: (?:(?:of|and|for|the|&) ){0,2}[A-Z][\w’'&]*)*)"
)
_ANSWERED_BY = re.compile(
    r"^(?:the )?(?P<first>[\w .&’']+?)(?:[’']s?)? (?:formal |statutory |initial |joint )?response\b(?! (?:of|from|by)\b)"
    r"|\bresponse (?:of|from|by) (?:the )?(?P<behind>[\w .&’']+?) to\b",
    re.I,
)
_REPORT_BY = re.compile(
    r"^(?:a |an |this )?(?:joint )?(?:inspection )?report (?:by|of|from) (?:the )?(?P<who>[A-Z].*)$", re.I
)
# A line of a cover that is an office's name and nothing else.
_OFFICE = re.compile(
    r"^(?:The )?(?:(?:[A-Z][\w’'&-]+|and|of|for) )*(?:Office|Inspectorate|Commission|Authority|Ombudsman|Agency|Regulator|(?:Review|Inspection|Standards|Audit) (?:Body|Board))"
    r"(?: (?:for|of|in) [A-Z][\w’'&-]*(?: (?:and |of |for |the )*[A-Z][\w’'&-]*)*)?$"
)
_HOUSE = re.compile(r"^House of (?:Lords|Commons)$", re.I)
_PUBLISHED = re.compile(r"\bpublished(?: on)?:? (?=\d{1,2}(?:st|nd|rd|th)? [A-Z]|[A-Z][a-z]+ \d{4}|\d\d/)", re.I)
_PRESENTED = re.compile(
    r"\bpresented to (?:Parliament|the House)\b[^.]{0,80}?(?:\bon |, |\bin )(?=(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]+ \d{4})",
    re.I,
)
_PRINTED = re.compile(
    r"\b(?:printed|meeting|dated?|laid)\b(?: on)?:?\s+(?=(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)? [A-Z])", re.I
)


def find_publisher(reading: Reading, title: str, kind: DocumentKind) -> Said | None:
    """A response's author, a panel, a committee or inquiry on the cover, the holder of the copyright, or the
    inspectorate named most often."""
    text = reading.text
    cover = [block.text for block in reading.blocks[:COVER] if len(block.text.split()) <= COVER_WORDS]
    if kind is DocumentKind.RESPONSE:
        match = _ANSWERED_BY.search(title)
        if match:
            named = (match["first"] or match["behind"]).strip()
            return Said(_cased(named) if named.isupper() else named, locate(text, named))
    if kind is DocumentKind.PANEL_PAPER:
        match = _PANEL.search(" \n".join(cover)) or _PANEL.search(text)
        if match:
            name = re.sub(r"^.*\b(?:to|for|by|the)\s+", "", " ".join(match[1].split()), flags=re.I)
            return Said(_cased(name), locate(text, name))
    if kind is DocumentKind.OTHER:
        found = _on_cover(cover, text)
        if found:
            return found
    for line in text.splitlines():
        known = _INSPECTORATE.search(line) if COPYRIGHT.search(line) else None
        held = known or _COPYRIGHT_HOLDER.search(line)
        if held:
            return Said(held[1].strip(), locate(text, held[1], text.index(line)))
    imprint = _PUBLISHED_BY.search(text)
    if imprint:
        return Said(imprint[1], imprint.span(1))
    named = _in_own_line(cover, text)
    if named:
        return named
    names = Counter(_INSPECTORATE.findall(text))
    return Said(names.most_common(1)[0][0]) if names else None


def is_office(line: str) -> bool:
    """Whether a line of a cover is the name of the office that publishes, not a title."""
    return _OFFICE.match(_cased(line) if line.isupper() else line) is not None


def _in_own_line(cover: Sequence[str], text: str) -> Said | None:
    """ "A report by ...", or an office's name on a line of its own."""
    for words in cover:
        byline = _REPORT_BY.match(words)
        if byline:
            return Said(re.sub(r"\band the (?=[A-Z])", "and ", byline["who"]), locate(text, byline["who"]))
        author = re.match(r"By (?:the )?(?=[A-Z])", words)
        if author and is_office(words[author.end() :]):
            return Said(words[author.end() :], locate(text, words[author.end() :]))
        if is_office(words):
            return Said(_cased(words) if words.isupper() else words, locate(text, words))
    return None


def _on_cover(cover: Sequence[str], text: str) -> Said | None:
    """A committee with its House, or an inquiry, whose name is a line of the cover."""
    for words in cover:
        if re.search(r"\bCommittee$", words) and not words.startswith("The "):
            house = next((other for other in cover if _HOUSE.match(other)), None)
            return Said(f"{_cased(house)} {words}" if house else words, locate(text, words))
        if re.search(r"\b(?:Inquiry|Commission|Review Panel)$", words) and words[:1].isupper():
            return Said(words, locate(text, words))
    return None


def _cased(words: str) -> str:
    """Words in capitals as a name is written; other words as they are."""
    words = " ".join(words.split())
    small = {"AND", "OF", "THE"}
    return " ".join(
        word.lower() if word in small else word.capitalize() if word.isupper() else word for word in words.split()
    )


def find_date(reading: Reading, title: str, kind: DocumentKind) -> Said | None:
    """The latest entry of a tracker; else a day printed as that of publication; else a stamp or copyright line, the
    title, a date alone on the cover, the day of laying, printing or meeting; a day counts before a month alone."""
    if kind is DocumentKind.TRACKER_ENTRY:
        dated = [block for block in reading.blocks if block.dated]
        latest = max(dated, key=lambda block: block.dated or "", default=None)
        return Said(latest.dated or "", latest.pieces[0]) if latest else None
    cover, last = list(reading.blocks[:COVER]), list(reading.blocks[-3:])
    stamps = [block for block in reading.blocks if STAMP.match(block.text) or COPYRIGHT.search(block.text)]
    published = [_behind(_PUBLISHED, block) for block in cover if _PUBLISHED.search(block.text)]
    alone = [(block, block.text) for block in (*cover, *last) if _is_date_line(block)]
    printed = [
        _behind(pattern, block) for pattern in (_PRESENTED, _PRINTED) for block in cover if pattern.search(block.text)
    ]
    candidates = [*published, *((block, block.text) for block in stamps), (None, title), *alone, *printed]
    found = [(block, value) for block, words in candidates if (value := _date_of(words))]
    if not found:
        return None
    first = found[0][1]
    block, value = next(((b, v) for b, v in found if len(v) > len(first) and v.startswith(first)), found[0])
    return Said(value, block.pieces[0] if block else _date_span(reading.text, title))


def _behind(pattern: re.Pattern[str], block: Block) -> tuple[Block, str]:
    match = pattern.search(block.text)
    return block, block.text[match.end() :] if match else ""


def _is_date_line(block: Block) -> bool:
    rest = DAY_MONTH_YEAR.sub(
        "", MONTH_YEAR.sub("", block.text) if not DAY_MONTH_YEAR.search(block.text) else block.text
    )
    return block.role in (Role.HEADING, Role.TEXT) and rest != block.text and len(rest.split()) <= 1


def _date_of(words: str) -> str | None:
    known = DAY_MONTH_YEAR.search(words) or MONTH_YEAR.search(words) or STAMP.match(words) or re.match(r"\d\d/", words)
    return iso_date(words) if known else None


def _date_span(text: str, title: str) -> tuple[int, int] | None:
    match = DAY_MONTH_YEAR.search(title) or MONTH_YEAR.search(title)
    return locate(text, match[0]) if match else None
