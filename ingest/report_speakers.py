"""Whose words the paragraphs of an inspection report are.

Owns telling findings from what those inspected say, from quotations, and from what is no finding at all: method, law,
figures of the whole country, descriptions of a place. Leaves other kinds of document to `speakers`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Kind, Metadata, Paragraph, Speaker
from ingest.sections import RESPONSE_PART
from ingest.sentences import sentences

FORMAL = frozenset({Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION})
_UNIT = r"Police(?: Service)?|Constabulary|Fire (?:and|&) Rescue Service|Fire Service"
COMMISSIONER = (
    r"(?:PCC|OPCC|PFCC|Police(?:, Fire)? and Crime Commissioner|Deputy PCC|Commissioner|Mayor's Office)(?:[’']s)?"
)
_SAYS = (
    r"(?:told (?:us|inspectors|reviewers|assessors)|said|says|stated|states|reported|reports|explained|argued|argues|believes|believed|"
    r"maintained|acknowledged|insisted|assured (?:us|inspectors|reviewers|assessors)|informed (?:us|inspectors|reviewers|assessors)|maintains|claims|claimed|considers|responded|replied)"
)
_INSPECTED = re.compile(
    r"\b(?:we|HMIC|HMICFRS|inspectors|reviewers|our inspection)\s+(?:\w+ )?(?:found|saw|observed|judged|noted)\b"
    r"|\b(?:we|I) (?:was|were|am|are) (?:\w+ )?(?:struck|dismayed|impressed|pleased|concerned|disappointed|encouraged)\b"
    r"|\b(?:in our (?:view|opinion)|I am (?:pleased|satisfied|concerned))\b",
    re.I,
)
# What staff told the inspectors is evidence of theirs, also beside a word on the country as a whole.
_HEARD = re.compile(
    r"\b(?:officers|staff|investigators|supervisors|managers|firefighters|crews|call handlers|victims)\b[^.]{0,30}\b(?:told us|said)\b",
    re.I,
)
# Sections that belong to no body: what the inspection is, how it was done, what words mean.
_BACKGROUND_SECTION = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*\.? +)?(?:(?:annex|appendix)\b|introduction$|about\b|data in this report|important changes|glossary|definitions?|"
    r"terminology|terms\b|method(?:ology)?\b|how we\b|our judge?ments$|what we (?:inspect|judge|looked at$|did$)|contents$|what this \w+ is$|notes? on (?:the )?(?:data|numbers|figures)|"
    r"judge?ment (?:categories|criteria)|context$|further information)",
    re.I,
)
_METHOD = re.compile(
    r"^in this section\b|^this (?:section|report|chapter|question|part|inspection only)\b[^.]{0,30}\b(?:sets? out|describes?|covers?|was inspected|considered)"
    r"|^(?:for more information|further (?:details|information)|more (?:details|information))\b"
    r"|^(?:we|HMIC|HMICFRS|inspectors) (?:\w+ )?(?:referred|looked|examined|assessed|considered|used)\b[^.]*\b(?:how (?:well|effectively)|whether)\b"
    r"|^the following is a summary\b|^we now inspect\b|\b(?:we|HMIC|HMICFRS) (?:now )?(?:inspect|grade and report|assess) (?:all|forces|how (?:\w+ )?forces)"
    r"|^the public expects?\b|^we have identified \w+ themes\b|^to answer this question\b"
    r"|^(?:all |police )*forces (?:should|must|need to|are (?:expected|required))\b|^a force (?:should|must)\b"
    r"|^when an? \w+ (?:contacts|calls|reports)\b[^.]*\b(?:it is important|should)\b"
    r"|^(?:our|the) (?:grades|ratings|judge?ments)\b[^.]*\bcompar|^we (?:rate|grade|give) |^we make \w+ recommendations\b|^(?:we|inspectors|reviewers) may\b"
    r"|^(?:the )?judge?ment categor|\bit is(?: therefore)? beyond the scope of this inspection\b",
    re.I,
)
# What a paragraph comes to, as its last sentence; "in 2019 we recommended" only tells of an earlier report.
_COMES_TO = re.compile(
    r"^(?:(?:for (?:this|these) reasons?|therefore|as a result|because of this|given this),? )?"
    r"(?:we|I|HMIC|HMICFRS|the inspectorate) (?:(?:have|has) (?:\w+ )?recommended|(?:therefore )?recommends?) that\b",
    re.I,
)
_INVITES = re.compile(r"^(?:we|I) (?:sent|gave|showed|shared|asked|invited|offered)\b", re.I)  # above a printed answer
_POINTER = re.compile(r"\b(?:figure|table|chart) \d+ (?:below |above )?(?:shows?|sets? out|gives?|presents?)\b", re.I)
_VALUE = re.compile(r"\d(?:\.\d|\s?per ?cent|%)|\b(?:rose|fell|increased|decreased|higher|lower)\b", re.I)
_NATIONAL = re.compile(
    r"\b(?:all|some|most|police|\d+|each|these|how (?:well|effectively)) (?:\d+ )?forces\b|^forces\b"
    r"|\bforces and \w+s are\b|\ba force(?:[’']s)?\b|\bnational(?:ly)?\b|\bEngland and Wales\b|\bthe (?:whole of the )?UK\b"
    r"|\bis (?:defined|known) as\b|\bavailable (?:from|at):?|\bHome (?:Office|Secretary)\b|\bthe police\b(?! and crime)",
    re.I,
)
# Held against the country as a whole, a finding is still about the body.
_HELD_AGAINST = re.compile(
    r"(?:,? (?:compared (?:with|to)|against|than|above|below|similar to|in line with)\b|[;,] (?:and |while |whereas |but )?(?:the )?national(?:ly)?\b)[^.;]*",
    re.I,
)
_OF_A_COUNTRY = re.compile(
    r"^(?!(?:In|Across|For)\b)[A-Z][\w-]*(?: [\w-]+){0,4} (?:in|across) (?:England|Wales|Scotland|the UK|the country)\b(?! the\b)"
)
_LAW = re.compile(
    r"^(?:the )?(?:[\w’'-]+ ){0,5}(?:Act|Regulations?|law|code of practice|(?:statutory|national) (?:guidance|policy)|rule \d+)(?: \d{4})? (?:\w+ )?"
    r"(?:gives?|places?|puts?|requires?|says?|sets?|allows?|defines?|obliges?|states?|expects?|makes?)\b|^by law\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:covers?|polices?|serves?)\b[^.]*\b(?:square (?:kilomet\w+|miles?)|people|population|residents|inhabitants)\b"
    r"|^[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,4} is an? (?:[\w-]+ ){0,4}(?:county|town|city|borough|district|region|island|parish"
    r"|(?<!good )(?<!strong )(?<!poor )(?<!weak )(?:prison|school|hospital|college|housing association|charity|landlord))\b",
)
_ACCORDING = r"(?:according to|in the (?:view|opinion|words) of) "
_OFFICE = re.compile(
    r"^(?:the |its |a )?(?:[\w’'-]+ ){0,6}?(?:chair|board|chief executive|director|leader|governor|principal|headteacher|head of [\w ]{3,30}?)"
    rf"(?: of (?:the )?[\w ’'-]{{3,60}}?)? (?:has |have |also )?{_SAYS}\b",
    re.I,
)
QUOTED = re.compile(r"^[“‘\"'](?=\S).*[”’\"'][.,;]?(?:\s*\d{1,3})?$", re.S)
# "'I rang on the Monday,' a tenant told us."
_TOLD_QUOTATION = re.compile(r"^[“‘\"'](?=[A-Z]).{10,}[,.?!][”’\"'] [\w ]{3,60}\b(?:told us|said|wrote|added)\.$", re.S)
# "One officer put it this way: '...'": all that is said is in the quotation marks.
_LED_QUOTATION = re.compile(r"^[^“‘\"']{3,120}:\s*[“‘\"'](?=[A-Z]).*[.!?][”’\"']$", re.S)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at beside the paragraph itself."""

    paragraphs: Sequence[Paragraph]
    text: str  # of the document, for italics
    own: re.Pattern[str]  # names the body inspected, or calls it "the force"
    answering: frozenset[str]  # ids of paragraphs below a quoted point, up to the next heading
    leading: frozenset[str]  # ids of lead-ins to recommendations
    restated: frozenset[str]  # ids of paragraphs that, in a response, repeat what is answered below them


_BODIES = frozenset(
    {"trust", "council", "unit", "school", "college", "academy", "prison", "centre", "hospital", "board", "authority"}
)


def own_names(metadata: Metadata) -> re.Pattern[str]:
    """What the report calls the body inspected: its names, and "the force" or what else it is."""
    names = {re.sub(rf"\s+(?:{_UNIT})$", "", body) for body in metadata.bodies} | set(metadata.bodies)
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    units = {body.rpartition(" ")[2].lower() for body in metadata.bodies} & _BODIES
    kinds = "|".join(["force", "service", "constabulary", "workforce", *sorted(units)])
    called = rf"\b(?:the|its own|each|both) (?:{kinds})s?\b|\bchief (?:officers?|constable)\b"
    return re.compile(rf"\b(?:{known})\b|{called}" if known else called, re.I)


def in_report(paragraph: Paragraph, setting: Setting) -> Speaker:
    """The speaker of a paragraph of an inspection report."""
    text = paragraph.text
    if paragraph.kind in FORMAL or paragraph.id in setting.leading:
        return Speaker.RECOMMENDATION
    if paragraph.kind is Kind.FINDING and _COMES_TO.match(sentences(text)[-1]):
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
    if QUOTED.match(text) or _LED_QUOTATION.match(text) or _TOLD_QUOTATION.match(text):
        return Speaker.QUOTATION
    said = _said_by(text, setting)
    if said and not _INSPECTED.search(text):
        return said
    is_method = _METHOD.search(text) and not any(setting.own.match(sentence) for sentence in sentences(text)[1:])
    if is_method or _only_points(text, setting) or _is_of_nobody(text, setting):
        return Speaker.CONTEXT
    return Speaker.INSPECTOR


def _is_of_nobody(text: str, setting: Setting) -> bool:
    """Whether the paragraph opens with the law, a place, or the country as a whole, and goes on to no finding."""
    first = sentences(text)[0]
    if _LAW.match(first) or _PLACE.search(first):
        return True
    if _INSPECTED.search(text) or _HEARD.search(text) or setting.own.search(text):
        return False
    is_told_in_numbers = re.search(r"\d", text) is not None  # findings on one body are, rules for all are not
    asked = _HELD_AGAINST.sub("", first) if is_told_in_numbers else text
    return _OF_A_COUNTRY.match(first) is not None or _NATIONAL.search(asked) is not None


def _only_points(text: str, setting: Setting) -> bool:
    """Whether the paragraph gives no value and names the body only where it points at a figure or table."""
    others = [sentence for sentence in sentences(text) if not _POINTER.search(sentence)]
    names_body = any(setting.own.search(sentence) for sentence in others)
    return _POINTER.search(text) is not None and not names_body and not _VALUE.search(text)


def _said_by(text: str, setting: Setting) -> Speaker | None:
    """Whose words the paragraph reports, where its first sentence begins with somebody who says something."""
    first = sentences(text)[0]
    if re.match(rf"(?:the )?{COMMISSIONER}(?: office)? (?:has |also )?{_SAYS}\b", first, re.I):
        return Speaker.COMMISSIONER
    if _OFFICE.match(first) or re.match(rf"{_ACCORDING}(?:{setting.own.pattern})", first, re.I):
        return Speaker.BODY
    if re.match(rf"(?:in )?(?:{setting.own.pattern})[’']s (?:own )?(?:view|opinion|position|case)\b", first, re.I):
        return Speaker.BODY
    own = setting.own.match(first)
    # What staff told the inspectors is evidence of theirs; what the force told them is its claim.
    if (
        own
        and not own[0].lower().endswith("workforce")
        and re.match(rf"(?:[’']s [\w ]{{1,30}})? (?:has |have |also )?{_SAYS}\b", first[own.end() :], re.I)
    ):
        return Speaker.BODY
    return None
