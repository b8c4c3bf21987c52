"""Who speaks in each paragraph: inspector, body inspected, commissioner, publisher, a quotation, or nobody (context).

Owns telling them apart by kind of document, kind of paragraph, section, first words and layout. Leaves who answered
which recommendation to `register`. All of it is pure and reads nothing but the paragraphs given.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.document import DocumentKind, Kind, Metadata, Paragraph, Speaker
from ingest.sections import RESPONSE_PART
from ingest.sentences import sentences

FORMAL = frozenset({Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION})
_UNIT = r"Police(?: Service)?|Constabulary|Fire (?:and|&) Rescue Service|Fire Service"
_COMMISSIONER = (
    r"(?:PCC|OPCC|PFCC|Police(?:, Fire)? and Crime Commissioner|Deputy PCC|Commissioner|Mayor's Office)(?:[’']s)?"
)
_SAYS = (
    r"(?:told (?:us|inspectors)|said|says|stated|states|reported|reports|explained|argued|argues|believes|believed|"
    r"assured (?:us|inspectors)|informed (?:us|inspectors)|maintains|claims|claimed|considers|responded|replied)"
)
_COMMISSIONER_FIRST = re.compile(
    rf"^(?:In [\w ]+, |Either |Both )?(?:the |a |representatives? (?:of|from) the )*{_COMMISSIONER}\b", re.I
)
_INSPECTED = re.compile(
    r"\b(?:we|HMIC|HMICFRS|inspectors|our inspection)\s+(?:\w+ )?(?:found|saw|observed|judged|noted)\b"
    r"|\b(?:in our (?:view|opinion)|I am (?:pleased|satisfied|concerned))\b",
    re.I,
)
# What staff told the inspectors is evidence of theirs, also beside a word on the country as a whole.
_HEARD = re.compile(
    r"\b(?:officers|staff|investigators|supervisors|managers|firefighters|crews|call handlers|victims)\b[^.]{0,30}\b(?:told us|said)\b",
    re.I,
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
# Sections that belong to no body: what the inspection is, how it was done, what words mean.
_BACKGROUND_SECTION = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*\.? +)?(?:(?:annex|appendix)\b|introduction$|about\b|data in this report|important changes|glossary|definitions?|"
    r"terminology|terms\b|method(?:ology)?\b|how we\b|our judge?ments$|what we (?:inspect|judge|looked at$|did$)|contents$|foreword$|"
    r"judge?ment (?:categories|criteria)|context$|further information)",
    re.I,
)
_METHOD = re.compile(
    r"^in this section\b|^this (?:section|report|chapter|question|part|inspection only)\b[^.]{0,30}\b(?:sets? out|describes?|covers?|was inspected|considered)"
    r"|^(?:for more information|further (?:details|information)|more (?:details|information))\b"
    r"|^(?:we|HMIC|HMICFRS|inspectors) (?:\w+ )?(?:referred|looked|examined|assessed|considered|used)\b[^.]*\b(?:how (?:well|effectively)|whether)\b"
    r"|^the following is a summary\b|\b(?:we|HMIC|HMICFRS) (?:now )?(?:inspect|grade and report|assess) (?:all|forces|how (?:\w+ )?forces)"
    r"|^the public expects?\b|^we have identified \w+ themes\b|^to answer this question\b"
    r"|^(?:all |police )*forces (?:should|must|need to|are (?:expected|required))\b|^a force (?:should|must)\b"
    r"|^when an? \w+ (?:contacts|calls|reports)\b[^.]*\b(?:it is important|should)\b"
    r"|^(?:the )?judge?ment categor|\bit is(?: therefore)? beyond the scope of this inspection\b",
    re.I,
)
_INVITES = re.compile(r"^(?:we|I) (?:sent|gave|showed|shared|asked|invited|offered)\b", re.I)  # above a printed answer
_POINTER = re.compile(r"\b(?:figure|table|chart) \d+ (?:below |above )?(?:shows?|sets? out|gives?|presents?)\b", re.I)
_VALUE = re.compile(r"\d(?:\.\d|\s?per ?cent|%)|\b(?:rose|fell|increased|decreased|higher|lower)\b", re.I)
_NATIONAL = re.compile(
    r"\b(?:all|some|most|police|\d+|each|these|how (?:well|effectively)) (?:\d+ )?forces\b|^forces\b"
    r"|\bforces and \w+s are\b|\ba force(?:[’']s)?\b|\bnational(?:ly)?\b|\bEngland and Wales\b|\bthe (?:whole of the )?UK\b"
    r"|\bis (?:defined|known) as\b|\bavailable (?:from|at):?|\bHome (?:Office|Secretary)\b|\bthe police\b",
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
_QUOTED = re.compile(r"^[“‘\"'](?=\S).*[”’\"'][.,;]?(?:\s*\d{1,3})?$", re.S)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a rule may look at beside the paragraph itself."""

    paragraphs: Sequence[Paragraph]
    text: str  # of the document, for italics
    own: re.Pattern[str]  # names the body inspected, or calls it "the force"
    answering: frozenset[str]  # ids of paragraphs below a quoted point, up to the next heading
    leading: frozenset[str]  # ids of lead-ins to recommendations
    restated: frozenset[str]  # ids of paragraphs that, in a response, repeat what is answered below them


def speakers(paragraphs: Sequence[Paragraph], metadata: Metadata, text: str) -> tuple[Speaker, ...]:
    """The speaker of each paragraph, in order.

    In a report of inspectors what is found or judged is theirs, unless the body is said to say it; formal points are
    recommendations; method, definitions and what is said of all forces is context. A panel paper or a response
    repeats points as quotations and answers them. A tracker's comments are split by whose they are; its status words
    are its publisher's. `text` is the text that the spans of the paragraphs point into.
    """
    setting = _Setting(
        paragraphs, text, _own_names(metadata), _answering(paragraphs), _lead_ins(paragraphs), _restated(paragraphs)
    )
    rule: Callable[[Paragraph, _Setting], Speaker] = {
        DocumentKind.PANEL_PAPER: _in_panel_paper,
        DocumentKind.RESPONSE: _response_rule(metadata),
        DocumentKind.OTHER: _in_other,
    }.get(metadata.kind, _in_report)
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


def _own_names(metadata: Metadata) -> re.Pattern[str]:
    names = {re.sub(rf"\s+(?:{_UNIT})$", "", body) for body in metadata.bodies} | set(metadata.bodies)
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    called = r"\b(?:the|its own|each) (?:force|service|constabulary|workforce)\b|\bchief (?:officers?|constable)\b"
    return re.compile(rf"\b(?:{known})\b|{called}" if known else called, re.I)


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


def _in_report(paragraph: Paragraph, setting: _Setting) -> Speaker:
    text = paragraph.text
    if paragraph.kind in FORMAL or paragraph.id in setting.leading:
        return Speaker.RECOMMENDATION
    if any(RESPONSE_PART.search(heading) for heading in paragraph.headings):
        return Speaker.CONTEXT if _INVITES.match(text) else Speaker.BODY
    if any(_BACKGROUND_SECTION.match(heading) for heading in paragraph.headings) and not (
        paragraph.kind in (Kind.GRADE, Kind.TABLE_ROW) and not paragraph.headings[0].lower().startswith("annex")
    ):
        return Speaker.CONTEXT
    if paragraph.kind in (Kind.GRADE, Kind.CAUSE_OF_CONCERN, Kind.HEADING_SENTENCE):
        return Speaker.INSPECTOR
    if paragraph.kind is Kind.FOOTNOTE:
        return Speaker.INSPECTOR if _INSPECTED.search(text) else Speaker.CONTEXT
    if _QUOTED.match(text):
        return Speaker.QUOTATION
    said = _said_by(text, setting)
    if said and not _INSPECTED.search(text):
        return said
    is_method = _METHOD.search(text) and not any(setting.own.match(sentence) for sentence in sentences(text)[1:])
    if is_method or _only_points(text, setting):
        return Speaker.CONTEXT
    is_seen = _INSPECTED.search(text) or _HEARD.search(text)
    if _NATIONAL.search(text) and not setting.own.search(text) and not is_seen:
        return Speaker.CONTEXT
    return Speaker.INSPECTOR


def _only_points(text: str, setting: _Setting) -> bool:
    """Whether the paragraph gives no value and names the body only where it points at a figure or table."""
    others = [sentence for sentence in sentences(text) if not _POINTER.search(sentence)]
    names_body = any(setting.own.search(sentence) for sentence in others)
    return _POINTER.search(text) is not None and not names_body and not _VALUE.search(text)


def _said_by(text: str, setting: _Setting) -> Speaker | None:
    """Whose words the paragraph reports, where its first sentence begins with somebody who says something."""
    first = sentences(text)[0]
    if re.match(rf"(?:the )?{_COMMISSIONER}(?: office)? (?:has |also )?{_SAYS}\b", first, re.I):
        return Speaker.COMMISSIONER
    own = setting.own.match(first)
    # What staff told the inspectors is evidence of theirs; what the force told them is its claim.
    if (
        own
        and not own[0].lower().endswith("workforce")
        and re.match(rf"(?:[’']s [\w ]{{1,30}})? (?:has |have |also )?{_SAYS}\b", first[own.end() :], re.I)
    ):
        return Speaker.BODY
    return None


def _in_panel_paper(paragraph: Paragraph, setting: _Setting) -> Speaker:
    text, heading = paragraph.text, paragraph.headings[-1] if paragraph.headings else ""
    if paragraph.kind in FORMAL or _QUOTED.match(text) or _is_italic(paragraph, setting.text):
        return Speaker.QUOTATION
    if _OWN_PAPER.match(heading) or _ABOUT_PAPER.search(sentences(text)[0]):
        return Speaker.PUBLISHER
    if re.search(rf"\b{_COMMISSIONER}", heading, re.I) or _COMMISSIONER_FIRST.match(text):
        return Speaker.COMMISSIONER
    if paragraph.id in setting.answering:
        return Speaker.BODY
    if _INSPECTS.match(text):
        return Speaker.INSPECTOR
    if re.search(r"\ball forces\b|\beach force\b|\bforces (?:with)?in England\b", text, re.I):
        return Speaker.CONTEXT
    return Speaker.BODY if setting.own.search(text) else Speaker.PUBLISHER


def _response_rule(metadata: Metadata) -> Callable[[Paragraph, _Setting], Speaker]:
    """A response speaks for whoever publishes it: the body, its commissioner, or else a government."""
    named = f"{metadata.title} {metadata.publisher or ''}"
    speaker = Speaker.PUBLISHER
    if metadata.publisher in metadata.bodies:
        speaker = Speaker.BODY
    elif re.search(rf"\b{_COMMISSIONER}\b", named, re.I):
        speaker = Speaker.COMMISSIONER

    def rule(paragraph: Paragraph, setting: _Setting) -> Speaker:
        restated = paragraph.id in setting.restated
        if paragraph.kind in FORMAL or _QUOTED.match(paragraph.text) or _is_italic(paragraph, setting.text) or restated:
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


def _in_other(paragraph: Paragraph, setting: _Setting) -> Speaker:
    if paragraph.kind in FORMAL or paragraph.id in setting.leading:
        return Speaker.RECOMMENDATION
    if paragraph.kind is Kind.FOOTNOTE:
        return Speaker.CONTEXT
    is_quoted = _QUOTED.match(paragraph.text) or _is_italic(paragraph, setting.text)
    return Speaker.QUOTATION if is_quoted else Speaker.PUBLISHER


def _is_italic(paragraph: Paragraph, text: str) -> bool:
    """Whether the source sets the whole paragraph in Markdown italics: between single asterisks or underscores."""
    source = text[max(0, paragraph.start - 1) : paragraph.end + 1].strip()
    return re.fullmatch(r"([*_])(?!\1)(?:(?!\1).)+\1", source, re.S) is not None
