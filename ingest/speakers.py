"""Who speaks in each paragraph: inspector, body inspected, commissioner, publisher, a quotation, or nobody (context).

Owns telling them apart by kind of document, and the rules for trackers, papers and responses. Leaves the text of
inspection reports to `report_speakers`, and who answered which recommendation to `register`. All of it is pure and reads nothing but the paragraphs given.
"""

import re
from collections.abc import Callable, Sequence

from ingest.document import DocumentKind, Kind, Metadata, Paragraph, Speaker
from ingest.report_speakers import COMMISSIONER, FORMAL, QUOTED, Setting, in_report, own_names
from ingest.sentences import sentences

_COMMISSIONER_FIRST = re.compile(
    rf"^(?:In [\w ]+, |Either |Both )?(?:the |a |representatives? (?:of|from) the )*{COMMISSIONER}\b", re.I
)
_INSPECTS = re.compile(
    r"^(?:(?:in|on|during|from|between|since) [^,.]{3,40},? )?(?:HMICFRS|HMIC|the inspectorate|inspectors)\b (?:\w+ )?"
    r"(?:began|started|visited|inspected|carried out|undertook|conducted|found|judged|graded|assessed|reported)\b",
    re.I,
)
_OF_INSPECTORATE = re.compile(
    r"\b(?:HMICFRS|HMIC|(?:the )?inspectorate)\b[^.]{0,12}\b(?:is|are|has|have|will|found|considers?|notes?|attended|closed)\b"
    r"|\binsight (?:work|visit|activity|and inspection)|\bliaison lead|\bFLL\b|\binspector who\b|\bre-?inspect"
    r"|\b(?:re)?assessed through [\w ]*inspection\b|\btriangulated\b|\bwe (?:found|saw|will (?:re)?assess|have closed)\b",
    re.I,
)
_OWN_PAPER = re.compile(
    r"^(?:recommendations?|purpose|contact|background papers?|decision|summary of decisions?|financial implications|"
    r"legal implications|equality|next steps for the panel|introduction|appendi)",
    re.I,
)
_ABOUT_PAPER = re.compile(
    r"\b(?:this (?:report|paper)|set out below|(?:members of )?the panel(?:[’']s)?\b (?:is|are)|report was submitted to|"
    r"AFIs identified|recommendations (?:identified|made) in|HMICFRS gave|HMIC gave|pre-inspection|inspection report will)",
    re.I,
)
_RESTATES = re.compile(r"\b(?:recommendation|conclusion|area for improvement)\b", re.I)  # headings of a response
_ANSWERS = re.compile(
    r"\b(?:response|reply)$|\b(?:response|reply) (?:to|of|from)\b|^(?:accept|reject|agree|partial)", re.I
)
_ASKS = re.compile(r"\b(?:should|must|recommends?|urges?|calls? (?:on|for)|ought to)\b", re.I)
_REPLIES = re.compile(
    r"^(?!we )(?:the |hm |uk )*[\w ]{0,24}(?:government|force|commissioner|PCC|department|office|panel)\b[^.]{0,20}"
    r"\b(?:agrees?|accepts?|welcomes?|notes?|recognises?|supports?|rejects?|shares?|does not|is|has|will|believes?|considers?)\b"
    r"|^we (?:do not )?(?:accept|agree|reject|will|have)\b(?!.*\bshould\b)"
    r"|^(?:accept|reject|agree|partial)(?:ed|s|ly)?\b(?: in (?:part|full|principle))?[.: ]",
    re.I,
)


def speakers(paragraphs: Sequence[Paragraph], metadata: Metadata, text: str) -> tuple[Speaker, ...]:
    """The speaker of each paragraph, in order.

    In a report of inspectors what is found or judged is theirs, unless the body is said to say it; formal points are
    recommendations; method, definitions and what is said of all forces is context. A panel paper or a response
    repeats points as quotations and answers them. A tracker's comments are split by whose they are; its status words
    are its publisher's. `text` is the text that the spans of the paragraphs point into.
    """
    setting = Setting(
        paragraphs, text, own_names(metadata), _answering(paragraphs), _lead_ins(paragraphs), _restated(paragraphs)
    )
    rule: Callable[[Paragraph, Setting], Speaker] = {
        DocumentKind.PANEL_PAPER: _in_panel_paper,
        DocumentKind.RESPONSE: _response_rule(metadata),
        DocumentKind.OTHER: _in_other,
    }.get(metadata.kind, in_report)
    if metadata.kind is DocumentKind.DIGEST and re.search(r"\bpanel\b", metadata.title, re.I):
        rule = _in_panel_paper
    sides = _comment_sides(paragraphs)
    return tuple(
        sides[paragraph.id]
        if paragraph.id in sides
        else Speaker.CONTEXT
        if not paragraph.is_citable
        else rule(paragraph, setting)
        for paragraph in paragraphs
    )


def _lead_ins(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Paragraphs that introduce the formal points directly below them."""
    pairs = zip(paragraphs, paragraphs[1:], strict=False)
    return frozenset(
        first.id
        for first, second in pairs
        if second.kind in FORMAL and first.kind is not Kind.HEADING and second.lead_in and first.text == second.lead_in
    )


def _answering(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Paragraphs below a formal point, up to the next heading."""
    found, is_open = set(), False
    for paragraph in paragraphs:
        if paragraph.kind in FORMAL:
            is_open = True
        elif paragraph.kind is Kind.HEADING:
            is_open = False
        elif is_open:
            found.add(paragraph.id)
    return frozenset(found)


def _comment_sides(paragraphs: Sequence[Paragraph]) -> dict[str, Speaker]:
    """The speaker of each dated entry of a tracker; a comment has one author throughout.

    An author line ("Force update:") decides; then what only an inspectorate says of itself; then a commissioner as
    the subject of the first sentence. Any other comment is the body's.
    """
    found: dict[str, Speaker] = {}
    comments: dict[tuple[str | None, tuple[str, ...]], list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.kind is Kind.STATUS:
            found[paragraph.id] = Speaker.PUBLISHER
        elif paragraph.dated and paragraph.is_citable:
            comments.setdefault((paragraph.dated, paragraph.headings), []).append(paragraph)
    for group in comments.values():
        first = group[0].text
        whole = " ".join(paragraph.text for paragraph in group)
        side = Speaker.BODY
        if re.match(r"(?:force|service|constabulary)(?:[’']s)? (?:update|comment|response)\b", first, re.I):
            side = Speaker.BODY
        elif _COMMISSIONER_FIRST.match(first):
            side = Speaker.COMMISSIONER
        elif _OF_INSPECTORATE.search(whole):
            side = Speaker.INSPECTOR
        found.update((paragraph.id, side) for paragraph in group)
    return found


def _in_panel_paper(paragraph: Paragraph, setting: Setting) -> Speaker:
    text, heading = paragraph.text, paragraph.headings[-1] if paragraph.headings else ""
    if paragraph.kind in FORMAL or QUOTED.match(text) or _is_italic(paragraph, setting.text):
        return Speaker.QUOTATION
    if _OWN_PAPER.match(heading) or _ABOUT_PAPER.search(sentences(text)[0]):
        return Speaker.PUBLISHER
    if re.search(rf"\b{COMMISSIONER}", heading, re.I) or _COMMISSIONER_FIRST.match(text):
        return Speaker.COMMISSIONER
    if paragraph.id in setting.answering:
        return Speaker.BODY
    if _INSPECTS.match(text):
        return Speaker.INSPECTOR
    if re.search(r"\ball forces\b|\beach force\b|\bforces (?:with)?in England\b", text, re.I):
        return Speaker.CONTEXT
    return Speaker.BODY if setting.own.search(text) else Speaker.PUBLISHER


def _response_rule(metadata: Metadata) -> Callable[[Paragraph, Setting], Speaker]:
    """A response speaks for whoever publishes it: the body, its commissioner, or else a government."""
    named = f"{metadata.title} {metadata.publisher or ''}"
    speaker = Speaker.PUBLISHER
    if metadata.publisher in metadata.bodies:
        speaker = Speaker.BODY
    elif re.search(rf"\b{COMMISSIONER}\b", named, re.I):
        speaker = Speaker.COMMISSIONER

    def rule(paragraph: Paragraph, setting: Setting) -> Speaker:
        restated = paragraph.id in setting.restated
        if paragraph.kind in FORMAL or QUOTED.match(paragraph.text) or _is_italic(paragraph, setting.text) or restated:
            return Speaker.QUOTATION
        return Speaker.CONTEXT if paragraph.kind is Kind.FOOTNOTE else speaker

    return rule


def _restated(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Paragraphs below a heading that names a recommendation, from the first one for as long as they ask.

    The answer begins with the first paragraph that replies ("The Government agrees ...") or no longer asks.
    """
    found, is_open, is_first = set(), False, False
    for paragraph in paragraphs:
        if paragraph.kind is Kind.HEADING:
            is_open = is_first = bool(_RESTATES.search(paragraph.text)) and not _ANSWERS.search(paragraph.text)
        elif is_open and paragraph.is_citable and paragraph.kind is not Kind.FOOTNOTE:
            is_open = not _REPLIES.search(paragraph.text) and (is_first or _ASKS.search(paragraph.text) is not None)
            is_first = False
            if is_open:
                found.add(paragraph.id)
    return frozenset(found)


def _in_other(paragraph: Paragraph, setting: Setting) -> Speaker:
    if paragraph.kind in FORMAL or paragraph.id in setting.leading:
        return Speaker.RECOMMENDATION
    if paragraph.kind is Kind.FOOTNOTE:
        return Speaker.CONTEXT
    is_quoted = QUOTED.match(paragraph.text) or _is_italic(paragraph, setting.text)
    return Speaker.QUOTATION if is_quoted else Speaker.PUBLISHER


def _is_italic(paragraph: Paragraph, text: str) -> bool:
    """Whether the source sets the whole paragraph in Markdown italics: between single asterisks or underscores."""
    source = text[max(0, paragraph.start - 1) : paragraph.end + 1].strip()
    return re.fullmatch(r"([*_])(?!\1)(?:(?!\1).)+\1", source, re.S) is not None
