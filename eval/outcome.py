"""One gold question put to the assistant becomes one Outcome.

Owns what is recorded of a reply and which definitions are applied to it. Leaves the definitions to `metrics`,
`retrieval`, `figures` and `citing`, blame to `stages`, asking to `asking`, and figures over many questions to `evaluate`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Refusal, Reply
from assistant.render import answer_text
from eval import citing, figures, metrics, retrieval
from eval.gold import GoldQuestion, part
from eval.stages import Stage, Trace, lost_at
from ingest.document import Document, Paragraph, Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation as it was shown."""

    paragraph: str  # id
    document: str  # id
    quote: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an answer, with its citations."""

    text: str
    citations: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question scored. None, or empty, where a metric says nothing about such a question."""

    id: str
    question: str
    conversation: tuple[str, ...]  # the questions asked before it
    kind: str
    part: str  # "dev", "check" or "locked"
    wording: str
    tags: tuple[str, ...]
    is_answerable: bool
    gold_answer: str
    groups: tuple[tuple[str, ...], ...]  # evidence groups, as paragraph ids
    refused: bool
    reason: str  # of the refusal; "" when answered
    answer: str  # the words shown: of the answer, or of the refusal's explanation
    statements: tuple[Said, ...]  # empty when refused
    nearest: tuple[Quoted, ...]  # what a refusal shows as nearest
    found: tuple[str, ...]  # paragraph ids, best first, as many as the largest k
    correct: bool  # unanswerable: refused; else answered with every required fact and nothing forbidden
    grounded: bool  # correct, and some paragraph of every evidence group is cited
    forbidden: bool  # it says something it must not
    number_right: bool | None  # the figures asked for, each with its unit and from the right period
    citation_recall: float | None
    citation_precision: float | None
    citation_f1: float | None
    sentence_recall: float | None
    sentence_precision: float | None
    sentence_f1: float | None
    first_citation_right: float | None
    over_cited: int | None  # paragraphs cited beyond one for each evidence group
    ranking: dict[str, float]  # the scores of `retrieval`, by name
    verbatim: bool  # every quote shown, the nearest paragraphs of a refusal included, stands in the index as quoted
    dangling: int  # citations of paragraphs that the index does not hold
    wrong_body: bool  # answered from documents on another body than the one asked about
    wrong_period: bool  # answered from documents of another period only
    words: int
    seconds: float  # from question to reply
    confidence: float | None  # log odds that the evidence answers; None where it was not weighed
    lost: Stage | None  # None: right

    @property
    def cited(self) -> tuple[str, ...]:
        """Paragraph ids in order, one for each quote shown; a quote that two statements rest on counts once."""
        return tuple(each.paragraph for each in dict.fromkeys(q for said in self.statements for q in said.citations))

    @property
    def is_right(self) -> bool:
        """Right as a reader would have it: grounded, or refused where there is no answer."""
        return self.lost is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply with how it came about: what `asking` hands to `score`."""

    reply: Reply
    found: tuple[str, ...]  # paragraph ids, best first
    trace: Trace
    seconds: float


def score(
    gold: GoldQuestion,
    asked: Asked,
    paragraphs: Mapping[str, Paragraph],
    document_of: Mapping[str, Document],
    k_values: Sequence[int],
) -> Outcome:
    """The outcome of one reply, judged against the gold question."""
    reply, groups = asked.reply, gold.groups if gold.is_answerable else ()
    statements = said(reply)
    shown = dict.fromkeys(quoted for each in statements for quoted in each.citations)
    cited = tuple(quoted.paragraph for quoted in shown)
    nearest = tuple(_quoted(each) for each in reply.nearest) if isinstance(reply, Refusal) else ()
    refused, answer = isinstance(reply, Refusal), answer_text(reply)
    forbidden = not refused and metrics.says_forbidden(answer, gold.must_not)
    answered_right = not refused and not forbidden and metrics.has_required_facts(answer, gold.must)
    correct = answered_right if gold.is_answerable else refused
    recall = metrics.citation_recall(cited, groups) if gold.is_answerable else None
    precision = metrics.citation_precision(cited, groups) if gold.is_answerable else None
    grounded = correct and recall in (None, 1.0)
    spans = [{each.paragraph: each.span for each in group if each.span} for group in gold.evidence]
    quoted = _quoted_spans(reply)
    texts = {key: paragraphs[key].text for key in quoted if key in paragraphs}
    sentence_recall = citing.sentence_recall(quoted, spans)
    sentence_precision = citing.sentence_precision(quoted, spans, texts)
    names = {key: each.id for key, each in document_of.items()}
    lost: Stage | None = None
    if not gold.is_answerable:
        lost = None if refused else Stage.ANSWERED
    elif not grounded:
        reason = reply.reason if isinstance(reply, Refusal) else None
        lost = lost_at(gold.groups, spans, paragraphs.keys(), asked.found, asked.trace, cited, reason)
    return Outcome(
        id=gold.id,
        question=gold.question,
        conversation=gold.conversation,
        kind=gold.kind.value,
        part=part(gold.id).value,
        wording=gold.wording,
        tags=gold.tags,
        is_answerable=gold.is_answerable,
        gold_answer=gold.answer,
        groups=tuple(tuple(sorted(group)) for group in gold.groups),
        refused=refused,
        reason=reply.reason.value if isinstance(reply, Refusal) else "",
        answer=answer,
        statements=statements,
        nearest=nearest,
        found=asked.found,
        correct=correct,
        grounded=grounded,
        forbidden=forbidden,
        number_right=_number_right(gold, statements, answer, document_of),
        citation_recall=recall,
        citation_precision=precision,
        citation_f1=citing.f1(precision, recall),
        sentence_recall=sentence_recall,
        sentence_precision=sentence_precision,
        sentence_f1=citing.f1(sentence_precision, sentence_recall),
        first_citation_right=float(any(set(cited[:1]) & group for group in groups)) if groups else None,
        over_cited=citing.over_citation(cited, len(groups)) if gold.is_answerable and not refused else None,
        ranking={
            **retrieval.paragraph_scores(asked.found, groups, k_values),
            **retrieval.document_scores(asked.found, groups, names, k_values),
        },
        verbatim=all(metrics.is_verbatim(each.quote, _text(paragraphs, each.paragraph)) for each in (*shown, *nearest)),
        dangling=sum(each.paragraph not in paragraphs for each in (*shown, *nearest)),
        wrong_body=not refused and _is_of_another(gold, "wrong-body", cited, document_of, _bodies),
        wrong_period=not refused and _is_of_another(gold, "wrong-period", cited, document_of, _years),
        words=metrics.count_words(answer),
        seconds=asked.seconds,
        confidence=asked.trace.confidence,
        lost=lost,
    )


def said(reply: Reply) -> tuple[Said, ...]:
    """The statements of an answer; none of a refusal."""
    if not isinstance(reply, Answer):
        return ()
    return tuple(Said(each.text, tuple(_quoted(citation) for citation in each.citations)) for each in reply.statements)


def _quoted(citation: Citation) -> Quoted:
    return Quoted(citation.paragraph.id, citation.document.id, citation.quote)


def _quoted_spans(reply: Reply) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    if isinstance(reply, Answer):
        for citation in reply.citations:
            spans.setdefault(citation.paragraph.id, []).append(citation.span)
    return spans


def _text(paragraphs: Mapping[str, Paragraph], paragraph_id: str) -> str | None:
    return paragraphs[paragraph_id].text if paragraph_id in paragraphs else None


def _number_right(
    gold: GoldQuestion, statements: Sequence[Said], answer: str, document_of: Mapping[str, Document]
) -> bool | None:
    required = figures.required_amounts(gold.answer, gold.must)
    right = {document_of[key].id for group in gold.groups for key in group if key in document_of}
    judged = [(each.text, any(quoted.document in right for quoted in each.citations)) for each in statements]
    return figures.has_amounts(required, judged, answer)


def _is_of_another(
    gold: GoldQuestion,
    tag: str,
    cited: Sequence[str],
    document_of: Mapping[str, Document],
    property_of: Callable[[Document], frozenset[str]],
) -> bool:
    """Whether an answer rests only on documents of another body (or period) than those of the gold evidence.

    An unanswerable question with the tag is about a body (period) that is not loaded: any answer to it is of another.
    """
    if not gold.is_answerable:
        return tag in gold.tags
    right = {
        each for group in gold.groups for key in group if key in document_of for each in property_of(document_of[key])
    }
    used = {each for key in cited if key in document_of for each in property_of(document_of[key])}
    return bool(right and used) and right.isdisjoint(used)


def _bodies(document: Document) -> frozenset[str]:
    return frozenset({document.metadata.body.lower()} if document.metadata.body else ())


def _years(document: Document) -> frozenset[str]:
    return frozenset(map(str, document.metadata.years))
