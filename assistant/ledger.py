"""What became of a recommendation, cause of concern or area for improvement: as issued, what was said to it, its latest status.

Owns telling that this is asked, of which point, and which statements of its chain answer. Leaves the chain itself to
`ingest.register`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.holdings import Holdings
from assistant.question import Question
from assistant.selection import Chosen, date_of, in_date_order, merge_spans, whole
from index.tokens import content_stems
from ingest.document import Paragraph, Span
from ingest.register import Point, PointKind, Response
from ingest.sentences import sentence_spans

_BECAME = re.compile(
    r"\b(?:happen(?:ed|s)?|become|became|came) (?:of|to|with)\b|\bstatus\b|\bclosed?\b|\bclosure\b|\bsigned off\b|"
    r"\bimplement(?:ed|ing)\b|\b(?:do|does|did|doing|done|say|said|been)\b.*\b(?:about|to|with|on|against|in response)\b|"
    r"\brespon(?:se|d|ded|ding)\b|\bdealt with\b|\bcompleted?\b|\bdischarged\b|\baddressed\b|\bput right\b|\bfixed\b|"
    r"\bprogress\b|\b(?:been|be) met\b|\bg[eo]t(?:ten)? (?:to|on)\b|\bstands? (?:now|with|at)\b|\baction(?:ed)? (?:on|against|taken)\b|\bfollow(?:ed)?[ -]?up\b|\bhow far\b|"
    r"\bwhat (?:had |has )?happened\b|\bwhere (?:do|does|did)\b.*\bstand\b|\b(?:did|does|do) (?:it|that|this) stand\b|"
    r"\b(?:still|remain\w*|left) (?:open|outstanding|to do|to be done)\b|\b(?:is|are|were|was) (?:open|outstanding)\b",
    re.I,
)
KINDS: dict[PointKind, re.Pattern[str]] = {
    PointKind.CAUSE_OF_CONCERN: re.compile(r"\bcauses? (?:of|for) concern\b", re.I),
    PointKind.RECOMMENDATION: re.compile(r"\brecommendations?\b|\brecs?\b", re.I),
    PointKind.AREA_FOR_IMPROVEMENT: re.compile(r"\bareas? for improvement\b|\bafis?\s?\d*\b", re.I),
}
NUMBERED = re.compile(
    r"\b(?:recommendations?|recs?|afi|area for improvement|concern)\s*(?:no\.?|number)?\s*(\d+(?:\.\d+)?)\b", re.I
)
_NAMES_POINTS = re.compile(r"^\W*(?:so |and )?(?:what|which|list|name|tell me|how many)\b", re.I)
# "Between them", "in all the reports", "so far": of every report, not of one.
_OF_ALL_REPORTS = re.compile(
    r"\bbetween them\b|\b(?:altogether|in total|in all|so far|over the years)\b|\b(?:across|all|every|each)\b[^,?.]*\b(?:reports?|inspections?)\b",
    re.I,
)
# "What is recommendation 3?", "what did AFI 2 ask for?"
_SAYS = re.compile(r"^\W*(?:so |and )?what(?:['’]s| is| was| did| does)\b|\bsay\b|\bask(?:ed|s)? for\b", re.I)
# "What was the recommendation, and ...?", "what was the force told to do, and ...?"
_ASKS_ITSELF = re.compile(
    rf"\bwhat (?:is|was|were)(?: (?:the|its|their|our|that|this))?(?: \w+)? (?:{'|'.join(pattern.pattern for pattern in KINDS.values())})(?! (?:about|ha[ds]|was|were)\b)"
    rf"[^,?.]*,?\s(?:and|then)\b|\btold to (?:do|improve|change)\b",
    re.I,
)
_ALL = re.compile(r"\b(?:recommendations|recs|afis|areas for improvement|causes of concern)\b", re.I)
TO_ALL = 3  # points that a statement on all of them answers at least; not tuned
MOST_ISSUED = 12  # points; more are no answer to read out
ISSUED_WORDS = 40  # of the point itself
SAID_WORDS = 60  # of each response
ENOUGH_WORDS = 20  # of the sentence that gives a status, to stand without another; not tuned
MOST_SAID = 2  # statements quoted besides the latest status; a chain may hold a dozen
# Share of the question's own content words that the point must hold when neither its number nor its kind alone tells it.
NAMED_SHARE = 0.3  # not tuned


def asks_what_became(question: Question) -> bool:
    """Whether the question follows a point beyond its own document."""
    return kind_asked(question) is not None and _BECAME.search(question.query.text) is not None


def kind_asked(question: Question) -> PointKind | None:
    """The kind of the point that is named: the one with a number where one has, "recommendation 3 of the cause of concern"."""
    if numbered := NUMBERED.search(question.query.text):
        return next((kind for kind, pattern in KINDS.items() if pattern.search(numbered.group())), None)
    return next((kind for kind, pattern in KINDS.items() if pattern.search(question.query.text)), None)


def followed(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """The point asked about, what was said to it by date, and its latest status; empty when no one point is meant or
    nothing answers it."""
    if not asks_what_became(question) or issued(question, holdings):
        return ()
    if _ALL.search(question.query.text) and not NUMBERED.search(question.query.text):
        together = _said_to_all(question, holdings)
        if together:
            return together
    if question.sides:
        return ()
    point = point_meant(question, holdings)
    if point is None:
        return ()
    return with_answers(question, point, holdings)


def _said_to_all(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """What was said to all the points of the kind at once: their latest status and the last statements; empty when the
    question narrows them down, or every statement is on points of its own."""
    kind = kind_asked(question)
    periods = question.in_periods
    points = [point for point in holdings.register.points if point.kind is kind and not point.is_restated]
    points = [point for point in points if point.document.id in periods] or points
    answered = {key for response in holdings.register.responses for key in response.answers}
    points = [point for point in points if point.id in answered]
    keys = {point.id for point in points}
    held = [set(content_stems(point.text)) for point in points]
    own = set(content_stems(question.query.subject)) - general()
    if any(own & words - own.intersection(*held) for words in held):
        return ()  # "the recommendations on partners": not all of them
    answers = [
        response
        for response in holdings.register.responses
        if len(keys & set(response.answers)) >= TO_ALL and holdings.holds(response.paragraphs)
    ]
    if not answers:
        return ()
    point = next(point for point in points if point.id in answers[-1].answers)
    asked = _Asked.of(question, point)
    chosen = [item for entry in _telling(answers) for item in _said(entry, asked, holdings)]
    return tuple({item.paragraph.id: item for item in chosen}.values())


def with_answers(question: Question, point: Point, holdings: Holdings) -> tuple[Chosen, ...]:
    """The point and the telling statements on it, by date; empty when nothing answers it."""
    answers = [
        entry
        for entry in holdings.register.chain(point)[1:]
        if holdings.holds(entry.paragraphs) and entry.document.id in {item.id for item in holdings.documents}
    ]
    if not answers:
        return ()
    periods = question.in_periods
    answers = [entry for entry in answers if entry.document.id in periods] or answers
    asked = _Asked.of(question, point)
    # A question about the tracker alone is answered from the tracker alone.
    chosen = [_quoted(point.paragraphs[0], asked, ISSUED_WORDS, holdings)] if holdings.holds(point.paragraphs) else []
    for entry in _telling(answers):
        chosen += _said(entry, asked, holdings)
    return tuple({item.paragraph.id: item for item in chosen}.values())


def said_in_each(question: Question, point: Point, holdings: Holdings) -> tuple[tuple[Chosen, ...], ...]:
    """For each side of the question the telling statements on the point in its documents, or the point, where they issue it;
    empty for all when no side has a statement on it."""
    told: list[tuple[Chosen, ...]] = []
    chain = [entry for entry in holdings.register.chain(point) if holdings.holds(entry.paragraphs)]
    for side in question.sides:
        asked = _Asked.of(side, point)
        entries = [entry for entry in chain if entry is not point and entry.document.id in side.periods[0]]
        entries = [entry for entry in entries if (entry.paragraphs[0].dated or "")[:7] in side.months] or entries
        said = [item for entry in _telling(entries) for item in _said(entry, asked, holdings)]
        if not said and point in chain and point.document.id in side.periods[0]:
            said = [_quoted(point.paragraphs[0], asked, ISSUED_WORDS, holdings)]
        told.append(tuple({item.paragraph.id: item for item in said}.values()))
    issued_in = {paragraph.id for paragraph in point.paragraphs}
    return tuple(told) if any(item.paragraph.id not in issued_in for said in told for item in said) else ()


def point_itself(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """The point that is meant, when the question asks what it was besides what became of it."""
    point = point_meant(question, holdings) if _ASKS_ITSELF.search(question.query.text) else None
    if point is None or not holdings.holds(point.paragraphs):
        return ()
    return (_quoted(point.paragraphs[0], _Asked.of(question, point), ISSUED_WORDS, holdings),)


def _said(entry: Point | Response, asked: "_Asked", holdings: Holdings) -> list[Chosen]:
    """The words that give the status, where they do, and those nearest to what is asked."""
    best = _best(entry.paragraphs, asked)
    named = _naming(best, asked.number)
    if named:
        return [Chosen(best, holdings.document_of[best.id], merge_spans(best.text, named))]
    proof = entry.proof if isinstance(entry, Response) else None
    if proof is None or proof[0] not in holdings.document_of:
        return [_quoted(best, asked, SAID_WORDS, holdings)]
    place = next(paragraph for paragraph in entry.paragraphs if paragraph.id == proof[0])
    giving = sentence_at(place, proof[1])
    if place.id == best.id:
        return [_quoted(best, asked, SAID_WORDS, holdings, (giving,))]
    alone = place.text[slice(*giving)]
    if len(alone.split()) >= ENOUGH_WORDS and asked.nearness(alone) >= asked.nearness(best.text):
        return [Chosen(place, holdings.document_of[place.id], (giving,))]
    both = [
        Chosen(place, holdings.document_of[place.id], (giving,)),
        _quoted(best, asked, SAID_WORDS - ENOUGH_WORDS, holdings),
    ]
    return both if asked.nearness(alone)[0] >= asked.nearness(best.text)[0] else both[::-1]


def _naming(paragraph: Paragraph, number: str) -> list[Span]:
    """The sentences that name the point by its number, of a paragraph that speaks of several points by theirs."""
    spans = sentence_spans(paragraph.text)
    numbers = {span: {match[1] for match in NUMBERED.finditer(paragraph.text[slice(*span)])} for span in spans}
    several = len(set[str]().union(*numbers.values())) > 1
    return [span for span in spans if several and number in numbers[span]]


def sentence_at(paragraph: Paragraph, place: Span) -> Span:
    """The sentence of the paragraph that holds the characters at the place."""
    spans = sentence_spans(paragraph.text)
    return next((span for span in spans if span[0] <= place[0] < span[1]), spans[0])


def issued(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """All causes of concern or recommendations of the reports asked about, or of the newest that has any; empty when
    the question narrows them down by a subject."""
    kind = kind_asked(question)
    if kind in (None, PointKind.AREA_FOR_IMPROVEMENT) or not _NAMES_POINTS.search(question.query.text):
        return ()
    of_all = _OF_ALL_REPORTS.search(question.query.text) is not None
    narrowed = set(content_stems(_OF_ALL_REPORTS.sub(" ", question.query.subject))) - general()
    if narrowed or (asks_what_became(question) and not of_all):
        return ()
    points = [point for point in holdings.register.points if point.kind is kind and holdings.holds(point.paragraphs)]
    asked = question.in_periods
    if of_all:
        asked = frozenset(point.document.id for point in points if not point.is_restated)
    if not asked:
        newest = max((date_of(point.document) for point in points), default="")
        asked = frozenset(point.document.id for point in points if date_of(point.document) == newest)
    paragraphs = {
        paragraph.id: paragraph for point in points if point.document.id in asked for paragraph in point.paragraphs
    }
    if len(paragraphs) > MOST_ISSUED:
        return ()
    return in_date_order([whole(paragraph, holdings.document_of[paragraph.id]) for paragraph in paragraphs.values()])


def numbered(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """The point that is asked for by its number; empty when none is, or no one point bears it."""
    if question.sides or not NUMBERED.search(question.query.text) or not _SAYS.search(question.query.text):
        return ()
    point = point_meant(question, holdings)
    if point is None or not holdings.holds(point.paragraphs):
        return ()
    return tuple(whole(paragraph, point.document) for paragraph in point.paragraphs[:MOST_SAID])


def _telling(answers: Sequence[Point | Response]) -> list[Point | Response]:
    """The latest status, and the last of the statements on this point; what was said to many points at once only where
    nothing was said to this one."""
    stated = [entry for entry in answers if isinstance(entry, Response) and entry.status][-1:]
    others = [entry for entry in answers if not (isinstance(entry, Response) and entry.status)]
    widest = max((_breadth(entry) for entry in answers), default=1)
    own = [entry for entry in others if _breadth(entry) < widest]
    rest = (own or others)[-MOST_SAID:]
    return [entry for entry in answers if entry in stated or entry in rest]


def _breadth(entry: Point | Response) -> int:
    """How many points it speaks to."""
    return len(entry.answers) if isinstance(entry, Response) else 1


def point_meant(question: Question, holdings: Holdings) -> Point | None:
    """The one point that is meant: by its kind and number, by its words, or because there is no other."""
    kind = kind_asked(question)
    periods = question.in_periods
    bodies = {document.metadata.body for document in holdings.documents}
    points = [
        point
        for point in holdings.register.points
        if point.kind is kind and not point.is_restated and point.document.metadata.body in bodies
    ]
    answered = {key for response in holdings.register.responses for key in response.answers}
    number = NUMBERED.search(question.query.text)
    if number:
        points = [point for point in points if _number_of(point) == number[1]]
    points = [point for point in points if point.document.id in periods] or points
    points = [point for point in points if point.id in answered] or points
    if len(points) == 1:
        return points[0]
    asked = set(content_stems(question.query.subject)) - general()
    shares = {point.id: len(asked & set(content_stems(point.text))) / max(1, len(asked)) for point in points}
    best = max(points, key=lambda point: shares[point.id], default=None)
    return best if best is not None and shares[best.id] >= NAMED_SHARE else None


def _number_of(point: Point) -> str:
    """Its printed number, else its place among those of its kind in the report."""
    return point.number or point.id.rpartition("-")[2]


def general() -> set[str]:
    return set(
        content_stems(
            "what happened become became status recommendation recs cause concern area areas improvement AFI force report "
            "inspection did done about closed response respond progress latest made make said told given met meet complete address "
            "deal fix fixed put right stand far got follow up implement discharge action "
            "two three four five six seven eight nine ten eleven twelve"
        )
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Stems of what the question says, and of the point that it is about."""

    own: frozenset[str]
    point: frozenset[str]
    number: str

    @classmethod
    def of(cls, question: Question, point: Point) -> "_Asked":
        own = set(content_stems(question.query.subject)) - general()
        return cls(frozenset(own), frozenset(content_stems(point.text)) - own, _number_of(point))

    def nearness(self, text: str) -> tuple[int, int]:
        """How many words of the question are in the text; then how many more of the point."""
        held = set(content_stems(text))
        return len(self.own & held), len(self.point & held)


def _best(paragraphs: Sequence[Paragraph], asked: _Asked) -> Paragraph:
    return max(paragraphs, key=lambda paragraph: asked.nearness(paragraph.text))


def _quoted(paragraph: Paragraph, asked: _Asked, budget: int, holdings: Holdings, first: Sequence[Span] = ()) -> Chosen:
    """The paragraph, or as many of its sentences as fit: those of `first`, then those with most of the asked words."""
    spans = [span for span in sentence_spans(paragraph.text) if span not in first]
    kept = list(first)
    words = sum(len(paragraph.text[start:end].split()) for start, end in first)
    for start, end in sorted(spans, key=lambda span: asked.nearness(paragraph.text[slice(*span)]), reverse=True):
        length = len(paragraph.text[start:end].split())
        if not kept or words + length <= budget:
            kept.append((start, end))
            words += length
    return Chosen(paragraph, holdings.document_of[paragraph.id], merge_spans(paragraph.text, kept))
