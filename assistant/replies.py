"""What was said to a point that the question describes without calling it one, and points by what was said to them.

Owns telling that this is asked, and which point is described. Leaves the chain of statements to `ledger`.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.holdings import Holdings
from assistant.ledger import general, kind_asked, point_meant, said_in_each, sentence_at, with_answers
from assistant.question import Question
from assistant.selection import Chosen, Found
from assistant.sentences import log_odds
from index.query import Want
from index.tokens import content_stems
from ingest.document import Paragraph, Speaker
from ingest.register import Point, Response
from ingest.sentences import sentence_spans

# "What was done about call times?", "did they respond?", "how far have they got?"
_DEEDS = re.compile(
    r"\b(?:did|does|do|has|have|had|is|are|was|were|been|being)\b.*\b(?:do|done|doing)\b.*"
    r"\b(?:about|to|with|on|against|since|by|in response)\b|"
    r"\brespond(?:ed)?\b|\bresponse to\b|\bact(?:ed)? on\b|\bprogress\b|\bhow far\b",
    re.I,
)
# "Did ministers agree to ...?", "what was the answer on targets?"
_ANSWERS = re.compile(
    r"\b(?:agreed?|accept(?:ed)?|reject(?:ed)?|refused?|t[ao]ken? up|took up|adopt(?:ed)?|turn(?:ed)? down|answer(?:ed)?|repl(?:y|ied))\b|"
    r"\b(?:government|ministers?|department|council|commissioner)\b.*\b(?:say|said|think|thought|do|doing|done)\b",
    re.I,
)
_WHICH = re.compile(r"\b(?:which|what|list|how many|any)\b.*\b(?:recommendations|recs|they|ones)\b", re.I)
_NOT = r"(?:reject|refus|declin|turned? down|(?:not|n['’]t)\b.{0,15}\b(?:accept|agree|tak(?:e|en) up)|said no|disagree)"
_STATUSES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"partly accepted"}), re.compile(r"\b(?:part(?:ly|ially)?|in part|half)\b", re.I)),
    (frozenset({"rejected"}), re.compile(rf"\b{_NOT}", re.I)),
    (frozenset({"accepted"}), re.compile(r"\b(?:accept|agree|tak(?:e|en) up)", re.I)),
)
_SPEAKING = frozenset(
    content_stems("government ministers department agree accept reject answer reply say think take adopt")
)
LIKELIEST = 3  # hits, among which the point must stand of which deeds are asked; not tuned
NEAR_BEST = 1.5  # log odds behind the best paragraph of its side; not tuned
TOGETHER = 3  # points that one answer speaks to; what is said to more is said to none in particular
DESCRIBED_SHARE = 0.5  # of the question's own content words, that the point described must hold; not tuned
SELF_TELLING = 4  # words of the point in the sentence that answers it, to tell what it answers; not tuned
MOST_WITH_POINTS = 5  # answers; of more the points are left out
MOST_OF_STATUS = 12  # points; more are no answer to read out


def asks_for_deeds(text: str) -> bool:
    """Whether the question is what was done about something, and not what should be."""
    return _DEEDS.search(text) is not None


def answered(question: Question, found: Found, holdings: Holdings) -> tuple[Chosen, ...]:
    """What was said to the point described, latest first, and then the point; empty when no answer to one is asked for,
    or when what was found is no point that was answered."""
    point = described(question, found, holdings) if not question.sides else None
    return _answer_first(with_answers(question, point, holdings), point) if point else ()


def answers_by_side(question: Question, found: Found, holdings: Holdings) -> tuple[tuple[Chosen, ...], ...]:
    """What each side of the question has of what was said to the point that it names or describes; empty when none is meant."""
    if not question.sides:
        return ()
    point = point_meant(question, holdings) if kind_asked(question) else described(question, found, holdings)
    return said_in_each(question, point, holdings) if point else _answered_by_another(question, found, holdings)


def _answered_by_another(question: Question, found: Found, holdings: Holdings) -> tuple[tuple[Chosen, ...], ...]:
    """What other sides say to the likeliest point that one side issues: "in 2017 they were told ...; what was done by 2019?"."""
    if Want.GRADE in question.query.wants:
        return ()
    points = dict(_points(holdings, set(content_stems(question.query.subject))))
    best: tuple[float, tuple[tuple[Chosen, ...], ...]] = (0.0, ())
    for side, hits in zip(question.sides, found.by_period, strict=True):
        for hit in hits:
            point = points.get(hit.paragraph.id)
            is_near = log_odds(hit.score) > log_odds(hits[0].score) - NEAR_BEST
            if point is None or not is_near or point.document.id not in side.periods[0] or hit.score <= best[0]:
                continue
            told = tuple(
                () if point.document.id in other.periods[0] else said
                for other, said in zip(question.sides, said_in_each(question, point, holdings), strict=False)
            )
            best = (hit.score, told) if any(told) else best
    return best[1]


def described(question: Question, found: Found, holdings: Holdings) -> Point | None:
    """The point that is described without being called one, when it is asked what was done about it or said to it."""
    text = question.query.text
    if kind_asked(question) is not None or not (asks_for_deeds(text) or _ANSWERS.search(text)):
        return None
    asked = set(content_stems(question.query.subject)) - general() - _SPEAKING
    points = dict(_points(holdings, asked))
    likely = found.hits if _ANSWERS.search(text) else found.hits[:LIKELIEST]
    matching = (
        points[hit.paragraph.id]
        for hit in likely
        if hit.paragraph.id in points
        and len(asked & set(content_stems(points[hit.paragraph.id].text))) >= DESCRIBED_SHARE * len(asked)
    )
    return next(matching, None)


def _answer_first(chosen: Sequence[Chosen], point: Point) -> tuple[Chosen, ...]:
    """What was said, the latest document first, and then the point."""
    issued = [item for item in chosen if item.paragraph in point.paragraphs]
    said = [item for item in chosen if item not in issued]
    documents = list(dict.fromkeys(item.document.id for item in said))
    return (*sorted(said, key=lambda item: -documents.index(item.document.id)), *issued)


def _points(holdings: Holdings, asked: set[str]) -> Iterator[tuple[str, Point]]:
    """(paragraph id, point) for the paragraphs that state a point, repeat it above an answer to it, or answer it; of
    several that are answered together the one nearest to what is asked."""
    by_id = {point.id: point for point in holdings.register.points}
    for response in holdings.register.responses:
        together = [by_id[key] for key in response.answers if key in by_id]
        if not together or len(together) > TOGETHER:
            continue
        for paragraph in (*response.paragraphs, *_quoted_above(response)):
            about = asked | set(content_stems(paragraph.text)) if paragraph.speaker is Speaker.QUOTATION else asked
            yield paragraph.id, max(together, key=lambda point: len(about & set(content_stems(point.text))))
    for point in holdings.register.points:
        for paragraph in (*point.paragraphs, *point.repeats):
            yield paragraph.id, point


def _quoted_above(response: Response) -> tuple[Paragraph, ...]:
    """The paragraphs just above the response that repeat what it answers."""
    paragraphs = list(response.document.citable())
    start = next((place for place, item in enumerate(paragraphs) if item.id == response.paragraphs[0].id), 0)
    above = start
    while above and paragraphs[above - 1].speaker is Speaker.QUOTATION:
        above -= 1
    return tuple(paragraphs[above:start])


def by_status(question: Question, holdings: Holdings) -> tuple[Chosen, ...]:
    """For "which recommendations were rejected?" each such answer, in the order of the answers; empty when no set of
    answers is asked for, or there are too many to read out."""
    text = question.query.text
    if kind_asked(question) is None or not _WHICH.search(text):
        return ()
    wanted = next((statuses for statuses, pattern in _STATUSES if pattern.search(text)), frozenset())
    said = [item for item in holdings.register.responses if item.status in wanted and holdings.holds(item.paragraphs)]
    told = tuple(item for response in said for item in _told(response, holdings))
    if len(said) > MOST_WITH_POINTS:
        told = tuple(item for item in told if any(item.document == response.document for response in said))
    return told if len(said) <= MOST_OF_STATUS else ()


def _told(response: Response, holdings: Holdings) -> list[Chosen]:
    """The sentence that gives the status; before it the point, where the sentence does not tell itself what it answers."""
    place, span = next(
        (item, sentence_at(item, response.proof[1]))
        for item in response.paragraphs
        if response.proof and item.id == response.proof[0]
    )
    status = Chosen(place, response.document, (span,))
    said = set(content_stems(place.text[slice(*span)]))
    points = [point for point in holdings.register.points if point.id in response.answers]
    if any(len(said & set(content_stems(point.text))) >= SELF_TELLING for point in points):
        return [status]
    return [
        *(
            Chosen(point.paragraphs[0], point.document, (sentence_spans(point.paragraphs[0].text)[0],))
            for point in points
        ),
        status,
    ]
