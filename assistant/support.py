"""Whether a sentence's quotes carry what it claims.

Owns the comparison of the two, claim by claim. Leaves reading claims from text to `figures`, `claims` and `names`,
figures to `figure_support`, and what is done with a sentence that fails to `citations`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.claims import (
    CLAIMED,
    FROM_FIGURES,
    Amount,
    Clause,
    allows_cause,
    amounts,
    clauses,
    directions,
    gives_cause,
    leaves_open,
    negations,
    obliges,
    reversing_prefixes,
    roles,
    sounds_obliged,
    sounds_open,
)
from assistant.composer import Source
from assistant.figure_support import unsupported_dates, unsupported_figures
from assistant.figures import When, dates, figures
from assistant.names import names
from index.tokens import content_stems, words
from ingest.document import Kind
from ingest.grades import GRADES
from ingest.register import grade_in
from ingest.sentences import sentences

# Share of a sentence's content words, and of each of its clauses', that must stand in the quotes or in what stands above
# them. Chosen on the sample paraphrases of tests/assistant/test_faults.py; see benchmarks/model_faults.py for the reports.
WORDS_SHARED = 0.5
CLAUSE_SHARED = 0.3
CLAUSE_WORDS = 3  # content words; a shorter clause is too short to be measured
WHOLE = 0.85  # share of the quote's words; a sentence with so many tells all of it, and may drop no "not"
_GRADING = ("grade", "grading", "judged", "judgement", "rated", "rating")
_NOT_ONLY = re.compile(r"\bnot (?:only|just)\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes of one sentence as one text, and what their documents and headings add."""

    text: str
    around: str  # titles, bodies, publishers, periods, headings and lead-ins: names and subjects, never findings
    clauses: tuple[Clause, ...]
    years: tuple[When, ...]  # of the documents themselves
    document: str  # the documents' whole text
    acronyms: frozenset[str]
    bodies: tuple[str, ...]  # that the documents are about or by
    is_asked_for: bool  # every quote is a recommendation or an area for improvement

    @classmethod
    def of(cls, sources: Sequence[Source]) -> "Evidence":
        text = " ".join(dict.fromkeys(source.quote for source in sources))
        around: list[str] = []
        for source in sources:
            about = source.document.metadata
            around += [about.title, about.publisher or "", about.body or "", about.period or ""]
            around += [*source.paragraph.headings, source.paragraph.lead_in]
        shorts = {
            short for source in sources for short, long in source.document.acronyms if long.lower() in text.lower()
        }
        longs = [long for source in sources for short, long in source.document.acronyms if short in words_of(text)]
        years = tuple(When(year) for source in sources for year in sorted(source.document.metadata.years))
        periods = tuple(when for source in sources for when in dates(source.document.metadata.period or ""))
        return cls(
            text,
            " ".join([*around, *longs]),
            clauses(text),
            years + periods,
            "\n".join(dict.fromkeys(source.document.text for source in sources)),
            frozenset(shorts),
            tuple(
                name
                for source in sources
                for name in (source.document.metadata.body, source.document.metadata.publisher)
                if name
            ),
            all(source.paragraph.kind in (Kind.AREA_FOR_IMPROVEMENT, Kind.RECOMMENDATION) for source in sources),
        )


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Za-z][A-Za-z&]*", text))


def unsupported(text: str, sources: Sequence[Source]) -> Iterator[str]:
    """Why the sentence may not be said, one reason for each claim that its quotes do not carry; none when it may."""
    evidence = Evidence.of(sources)
    pairs = [(clause, _nearest(clause, evidence.clauses)) for clause in clauses(text)]
    yield from unsupported_dates(text, evidence.text, evidence.years)
    yield from unsupported_figures(text, evidence.text)
    yield from _grades(text, evidence)
    yield from _names(text, evidence)
    yield from _polarity(text, evidence, pairs)
    yield from _amounts(text, evidence, pairs)
    yield from _directions(text, evidence, pairs)
    yield from _moods(text, evidence, pairs)
    yield from _words(text, evidence)


def _nearest(clause: Clause, others: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses of the quotes that share most words with this one; none when no word is shared."""
    shared = [len(clause.stems & other.stems) for other in others]
    most = max(shared, default=0)
    return tuple(other for other, count in zip(others, shared, strict=True) if count == most) if most else ()


# --- grades, names, polarity ------------------------------------------------------------------------------------------


def _grades(text: str, evidence: Evidence) -> Iterator[str]:
    said = _graded_parts(text)
    if not said:
        return
    told = _graded_parts(evidence.text)
    # Whose grade it is, and when, hardly tells one area from another.
    graded_words = frozenset(content_stems(" ".join((*GRADES, *_GRADING, *evidence.bodies))))
    graded_words |= {stem for stem in content_stems(text) if stem.isdigit()}
    for grade, part in said:
        if grade not in {other for other, _ in told}:
            yield f"the grade {grade} is not in the quote"
            continue
        stems = frozenset(content_stems(part)) - graded_words
        fits = [(len(stems & (frozenset(content_stems(words)) - graded_words)), other) for other, words in told]
        most = max(fit for fit, _ in fits)
        if most and grade not in {other for fit, other in fits if fit == most}:
            yield f"the grade {grade} is given to something else in the quote"


def _graded_parts(text: str) -> list[tuple[str, str]]:
    """(grade, the part of the text that gives it); parts end at commas and stops, and at an "and" between two grades."""
    cut = re.split(
        r"[,;.:]|\bbut\b|\bwhile\b|\bfrom\b|\bto\b(?= (?:outstanding|good|adequate|inadequate|requir))|\bto (?=[a-z]+ in \d)",
        text,
    )
    return [(grade, part) for long in cut for part in _with_one_grade(long) if (grade := grade_in(part))]


def _with_one_grade(text: str) -> list[str]:
    """The text cut at "and" and "or" where it gives several grades. What gives none belongs to the grade before it, or,
    where the text does not begin with one, to the grade behind it: "crime and order is good"."""
    pieces = re.split(r"\b(?:and|or)\b", text)
    graded = [place for place, piece in enumerate(pieces) if grade_in(piece)]
    if len(graded) < 2:
        return [text]
    ends = graded[1:] if graded[0] == 0 else [place + 1 for place in graded[:-1]]
    return [" and ".join(pieces[a:b]) for a, b in zip([0, *ends], [*ends, len(pieces)], strict=True)]


def _names(text: str, evidence: Evidence) -> Iterator[str]:
    quoted = {word.lower() for word in re.findall(r"[A-Za-z&]+", evidence.text)}
    around = {word.lower() for word in re.findall(r"[A-Za-z&]+", evidence.around)}
    bodies = _bodies(evidence.text) - {" ".join(words(body)) for body in _bodies(text)}
    for name in dict.fromkeys(names(text, evidence.document)):
        parts = [part.lower() for part in re.findall(r"[A-Za-z&]+", name)]
        is_quoted = all(part in quoted or part.removesuffix("s") in quoted for part in parts)
        is_around = all(part in around for part in parts) or name in evidence.acronyms
        if not is_quoted and not (is_around and not _takes_a_place(name, text, bodies)):
            yield f"{name} is not in the quote"
    for role in sorted(roles(text) - roles(evidence.text) - roles(evidence.around)):
        yield f"the {role} is not in the quote"


def _bodies(text: str) -> set[str]:
    """Names of police forces and councils in a text, as words."""
    found = re.findall(r"((?:[A-Z][a-z]+ )+)(?:Police|Constabulary|Council|County|Service)\b", text)
    return {" ".join(words(name)) for name in found} - {"the", ""}


def _takes_a_place(name: str, text: str, bodies: set[str]) -> bool:
    """Whether a body's name stands in the sentence while the quote speaks of another body that the sentence lacks."""
    return (
        bool(bodies) and re.search(rf"\b{re.escape(name)}\b[A-Za-z ]*(?:Police|Constabulary|Council)", text) is not None
    )


def _polarity(text: str, evidence: Evidence, pairs: Sequence[tuple[Clause, Sequence[Clause]]]) -> Iterator[str]:
    flips = reversing_prefixes(text, evidence.text)
    said, told = negations(text), negations(evidence.text)
    if said > told + flips or (_NOT_ONLY.search(text) and not _NOT_ONLY.search(evidence.text)):
        yield "it denies what the quote does not deny"
        return
    whole = frozenset(content_stems(evidence.text))
    if said < told - flips and len(whole & frozenset(content_stems(text))) >= WHOLE * len(whole):
        yield "it leaves out a negation of the quote"
        return
    for clause, near in pairs:
        if not clause.denies:
            if near and not flips and all(_denies(other, clause) for other in near):
                yield "the sentence and the quote differ in negation"
                return
            continue
        shared = [len(clause.denied & other.stems) for other in evidence.clauses]
        closest = [other for other, count in zip(evidence.clauses, shared, strict=True) if count == max(shared)]
        if max(shared) and not any(other.denies for other in closest) and not flips:
            yield "the sentence and the quote differ in negation"
            return


def _denies(quoted: Clause, clause: Clause) -> bool:
    """Whether the quoted clause denies what this clause says, not only something beside it."""
    return quoted.denies and 2 * len(quoted.denied & clause.stems) >= len(quoted.denied)


# --- amounts, directions, moods, words --------------------------------------------------------------------------------


def _amounts(text: str, evidence: Evidence, pairs: Sequence[tuple[Clause, Sequence[Clause]]]) -> Iterator[str]:
    said = amounts(text)
    for amount in sorted(said - amounts(evidence.text)):
        yield f"“{amount}” is not what the quote says"
    for _, near in pairs:
        dropped = set.intersection(*(set(amounts(other.text)) for other in near)) if near else set()
        weak = dropped & {Amount.SOME, Amount.FEW, Amount.MOST}
        if weak and not weak & set(said):
            yield f"it leaves out “{min(weak)}”"
            return


def _directions(text: str, evidence: Evidence, pairs: Sequence[tuple[Clause, Sequence[Clause]]]) -> Iterator[str]:
    whole = directions(evidence.text)
    has_two = len(figures(evidence.text)) >= 2
    for name, (ups, downs) in directions(text).items():
        up, down = whole.get(name, (0, 0))
        if (ups > up and downs < down) or (downs > down and ups < up):
            yield "it says the opposite of the quote's comparison"
            return
    for clause, near in pairs:
        here = directions(" . ".join(other.text for other in near))
        for name, ways in directions(clause.text).items():
            told = here.get(name) or whole.get(name)
            if told and not any(mine and theirs for mine, theirs in zip(ways, told, strict=True)):
                yield "it says the opposite of the quote's comparison"
            elif not told and name in CLAIMED and not (name == FROM_FIGURES and has_two):
                yield "the quote makes no such comparison"


def _moods(text: str, evidence: Evidence, pairs: Sequence[tuple[Clause, Sequence[Clause]]]) -> Iterator[str]:
    if evidence.is_asked_for and not sounds_obliged(text) and not sounds_open(text):
        yield "what the quote asks for is said as done"
        return
    for clause, near in pairs:
        if near and all(obliges(other.text) for other in near) and not sounds_obliged(clause.text):
            yield "what the quote asks for is said as done"
            return
        if near and all(leaves_open(other.text) for other in near) and not sounds_open(clause.text):
            yield "what the quote leaves open is said as certain"
            return
        if obliges(clause.text) and not sounds_obliged(evidence.text) and not evidence.is_asked_for:
            yield "the quote does not ask for it"
            return
    if gives_cause(text) and not allows_cause(evidence.text):
        yield "the quote gives no cause"


def _words(text: str, evidence: Evidence) -> Iterator[str]:
    known = frozenset(content_stems(f"{evidence.text} {evidence.around}"))
    quoted = frozenset(content_stems(evidence.text))
    stems = set(content_stems(text))
    own = stems - (known - quoted)  # words of titles and headings neither count for the sentence nor against it
    own = {stem for stem in own if not stem[0].isdigit()} or own  # a year says nothing of the subject
    few = len(own) < CLAUSE_WORDS  # "crime is cut" shares one word of two with whatever speaks of crime
    if stems and (len(own & quoted) < WORDS_SHARED * len(own) or (few and not own <= quoted)):
        yield "too few of its words are the quote's"
        return
    for sentence in sentences(text):
        for clause in clauses(sentence):
            said = set(content_stems(clause.text))
            if len(said) >= CLAUSE_WORDS and len(said & known) < CLAUSE_SHARED * len(said):
                yield "a part of it has too few of the quote's words"
                return
