"""A question, read in the light of the loaded documents: years, report, body, acronyms, spelling, and its kind.

Owns `Question` and the order of reading. Leaves the rules to `periods`, `reference`, `bodies`, `lexicon` and `wants`.
Nothing here knows a force, a report or an answer: names come from the documents that are loaded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.bodies import bodies_named, loaded_bodies, without_body
from assistant.everyday import in_plain_words
from assistant.lexicon import Lexicon, abbreviations, asked_for, corrections, expansions, names_in, unknown_names
from assistant.parts import parts_of
from assistant.periods import LATEST, every_period, has_entries, latest_in, months_in, periods_in
from assistant.reference import (
    NOWHERE,
    Reference,
    inspections_in_order,
    named_kinds,
    relative_years,
    resolve,
    years_in,
)
from assistant.scope import published, short_name
from assistant.subject import subject_of
from assistant.wants import QuestionKind, compares_grades, kind_of, wants_of, without_recalled_grade
from index.naming import NOTHING, Naming, without_names
from index.query import Query, Want
from ingest.document import Document

_SHORT_SPAN = re.compile(r"(?<![\d/–.-])(\d\d)[/–-](\d\d)(?![\d/–-])")
_GRADED_THEN = re.compile(r"\brequir(?:ed|ing) improvement\b", re.I)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    asked: str
    kind: QuestionKind
    query: Query
    periods: tuple[frozenset[str], ...]  # documents of each period, report or body asked about, oldest first
    unknown_years: frozenset[int]  # years asked about that no document of the body asked about is of
    other_bodies: tuple[str, ...]  # bodies named that no loaded document inspects
    unknown_names: tuple[str, ...] = ()  # of `names`, those that no loaded document has
    names: tuple[str, ...] = ()  # capitalised words that are neither ordinary English nor a loaded body's name
    corrected: tuple[tuple[str, str], ...] = ()  # (as typed, as read)
    compares_grades: bool = False
    bodies: tuple[str, ...] = ()  # loaded bodies named, in the order of the question
    others_as_written: tuple[str, ...] = ()  # the words that name each of `other_bodies`
    reference: Reference = NOWHERE  # the one report, tracker or paper that is named
    rewritten: str | None = None  # the question as it stands alone, when it was understood from earlier turns
    parts: tuple["Question", ...] = ()  # each of the questions that are asked at once; empty when it is one
    sides: tuple["Question", ...] = ()  # what is asked of each of `periods`, when several are named
    months: tuple[str, ...] = ()  # named with their year, as "2018-09"; of a side with entries by month, its own
    own: str = ""  # of a part: its own words, without what it is about
    source_of: tuple[Citation, ...] = ()  # statements of the turn before whose source is asked for: "who said that?"
    goes_on: bool = False  # asks how something has gone on, and names no period: `periods` are all there are

    @property
    def in_periods(self) -> frozenset[str]:
        """Ids of the documents of all the periods asked about; empty when none is."""
        return frozenset[str]().union(*self.periods)


def understand(asked: str, documents: Sequence[Document], lexicon: Lexicon) -> Question:
    """Read a question in the light of the documents that may be answered from; each of its parts too, where it has several."""
    question = _read(asked, documents, lexicon)
    about = of_bodies(question.bodies, documents)
    parts = tuple(
        replace(
            part,
            own=own,
            bodies=question.bodies,
            periods=periods_in(full_years(own), about) or latest_in(own, about) or part.periods,
        )
        for own, part in ((cut.own, _read(cut.text, documents, lexicon)) for cut in parts_of(question.query.text))
    )
    return _with_sides(question, parts, about)


def _with_sides(question: Question, parts: tuple[Question, ...], documents: Sequence[Document]) -> Question:
    """The question with a side for each of several periods, and those of the parts that are no side."""
    if len(question.periods) < 2 or question.goes_on:
        return replace(question, parts=parts)
    months = {
        period: [month for month in question.months if has_entries(month, period, documents)]
        for period in question.periods
        if question.periods.count(period) > 1
    }
    sides = tuple(
        _side(question, period, months[period].pop(0) if months.get(period) else "", parts)
        for period in question.periods
    )
    is_each_a_side = all(any(part.own == side.own for side in sides) for part in parts)
    return replace(question, parts=() if is_each_a_side else parts, sides=sides)


def _side(question: Question, period: frozenset[str], month: str, parts: Sequence[Question]) -> Question:
    """What is asked of one of several periods: the part of the question that names it alone, else the whole question.

    Args:
        month: of which the entries are asked about, where the same documents are asked about by several; else empty.
    """
    own = [part for part in parts if len(part.periods) == 1 and period <= part.periods[0]]
    own = [part for part in own if month in months_in(part.own)] if month else own
    nearest = min((len(part.periods[0]) for part in own), default=0)
    own = [part for part in own if len(part.periods[0]) == nearest]
    asked = own[0] if len(own) == 1 else question
    return replace(asked, periods=(period,), months=(month,) if month else question.months)


def _read(asked: str, documents: Sequence[Document], lexicon: Lexicon) -> Question:
    loaded = loaded_bodies(documents)
    text = _GRADED_THEN.sub("requires improvement", full_years(" ".join(asked.split())))
    spelled = abbreviations(text, lexicon)
    unused = tuple((short, words) for short, words in spelled if short.lower() not in lexicon.vocabulary)
    corrected = (*corrections(text, lexicon), *unused)
    text = _put_right(text, corrected)
    text = _put_right(text, in_plain_words(text, lexicon.holds))
    named = bodies_named(text, loaded, lexicon.vocabulary, lexicon.mentioned)
    text = _put_right(text, named.corrected)
    about = of_bodies(named.loaded, documents)
    text = relative_years(text, about)
    years = years_in(text)
    wants = wants_of(text)
    reference = resolve(text, about)
    naming = _naming(text, reference, loaded, lexicon)
    if naming.sure and any(document.id == naming.sure for document in about):
        reference = Reference(frozenset({naming.sure}), " ".join(naming.said))
    query = Query(
        text=text,
        subject=subject_of(
            without_recalled_grade(without_names(text, naming.said) if naming.sure else text), set(loaded)
        ),
        expansions=(*expansions(text, lexicon.acronyms), *(words for pair in spelled for words in pair[1:])),
        wants=wants,
        years=years,
        documents=frozenset[str]().union(*named_kinds(text, about)),
        named=tuple(sorted(naming.scores.items())),
        is_latest=LATEST.search(text) is not None,
    )
    periods = periods_in(text, about)
    if len(named.loaded) > 1:
        periods = tuple(_of_body(body, periods, documents) for body in named.loaded)
    if any(not period & reference.documents for period in periods):
        reference = NOWHERE  # another report is asked about as well
    going_on = _going_on(text, wants, reference, about)
    known = frozenset(year for document in about for year in document.metadata.years)
    names = names_in(text, {*loaded, *named.others_as_written}, lexicon)
    return Question(
        asked=asked,
        kind=kind_of(text, wants, periods),
        query=query,
        periods=periods or going_on,
        unknown_years=years - known,
        other_bodies=named.others,
        names=names,
        unknown_names=asked_for(
            unknown_names(names, lexicon), text, naming.said if naming.scores else (), bool(loaded)
        ),
        corrected=(*corrected, *named.corrected),
        months=months_in(text),
        compares_grades=compares_grades(text, periods),
        bodies=named.loaded,
        others_as_written=named.others_as_written,
        reference=reference,
        goes_on=bool(going_on) and not periods,
    )


def _naming(text: str, reference: Reference, loaded: Sequence[str], lexicon: Lexicon) -> Naming:
    """Which document is named by its file, title or parties, where none is by report, year or body."""
    if reference != NOWHERE:
        return NOTHING
    for body in sorted(loaded, key=len, reverse=True):
        text = without_body(text, body)
    return lexicon.names.read(text)


def asked_about(question: Question, documents: Sequence[Document]) -> frozenset[str] | None:
    """Ids of the documents that the question is limited to by naming bodies, a report or a date; None for all."""
    if question.reference.documents:
        return question.reference.documents
    about = of_bodies(question.bodies, documents)
    asked = [item for item in about if any(item.id in period for period in question.periods)]
    if (
        asked
        and question.months
        and all(any((item.metadata.date or "").startswith(month) for item in asked) for month in question.months)
    ):
        about = tuple(item for item in about if published(item) <= max(map(published, asked)))
    return frozenset(item.id for item in about) if len(about) < len(documents) else None


def understand_for(question: Question, body: str, documents: Sequence[Document]) -> Question:
    """A question that names no body, read as one about this body."""
    about = of_bodies((body,), documents)
    ids = frozenset(document.id for document in about)
    known = frozenset(year for document in about for year in document.metadata.years)
    reference = resolve(question.query.text, about)
    periods = periods_in(question.query.text, about)
    going_on = _going_on(question.query.text, question.query.wants, reference, about)
    read = replace(
        question,
        bodies=(body,),
        reference=reference,
        periods=periods or going_on,
        goes_on=bool(going_on) and not periods,
        unknown_years=question.query.years - known,
        query=replace(question.query, documents=question.query.documents & ids),
    )
    parts = dict.fromkeys((*question.parts, *(side for side in question.sides if side.own)))
    return _with_sides(
        replace(read, sides=()),
        tuple(replace(part, bodies=(body,), periods=tuple(period & ids for period in part.periods)) for part in parts),
        about,
    )


def of_bodies(bodies: Sequence[str], documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents on these bodies; all of them when none is named."""
    names = {short_name(body) for body in bodies}
    return tuple(item for item in documents if not names or short_name(item.metadata.body or "") in names)


def _of_body(body: str, periods: Sequence[frozenset[str]], documents: Sequence[Document]) -> frozenset[str]:
    """Of the documents on the body those of the periods asked about, or of its newest inspection."""
    own = of_bodies((body,), documents)
    ids = frozenset(document.id for document in own)
    asked = ids & frozenset[str]().union(*periods)
    inspections = inspections_in_order(own)
    return asked or (inspections[-1] if inspections else ids)


def _put_right(text: str, corrected: Sequence[tuple[str, str]]) -> str:
    for typed, read in corrected:
        text = re.sub(rf"\b{re.escape(typed)}\b", read, text)
    return text


def full_years(text: str) -> str:
    """Short spans of two following years written out: "21/22" becomes "2021/22"; other pairs of numbers stay."""
    return _SHORT_SPAN.sub(
        lambda match: f"20{match[0]}" if int(match[2]) == (int(match[1]) + 1) % 100 else match[0], text
    )


def _going_on(
    text: str, wants: frozenset[Want], reference: Reference, about: Sequence[Document]
) -> tuple[frozenset[str], ...]:
    """Every inspection of the one body asked about, when the question is how something has gone on; grades have their
    own history."""
    if reference.documents or Want.GRADE in wants or len(loaded_bodies(about)) != 1:
        return ()
    return every_period(text, about)
