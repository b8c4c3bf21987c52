"""What the JSON API takes and gives, as types that document and check it.

Owns names and meanings. A reply is the line of `--batch` (`assistant.render.reply_json`) and has its fields, no more and no
fewer. Names are added, never changed or taken away.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import KEPT_TURNS
from assistant.scope import Scope

LONGEST_QUESTION = 2_000  # characters, as on the page
MOST_FOUND = 100


class _Exact(BaseModel):
    """Unknown fields are an error, so that a slip in a name is told and not passed over."""

    model_config = ConfigDict(extra="forbid")


class ScopeFields(_Exact):
    """What to answer from. What is left out or null is no limit."""

    body: Annotated[str | None, Field(max_length=200, description="Body inspected, with or without “Police”.")] = None
    documents: Annotated[
        tuple[Annotated[str, Field(max_length=300)], ...],
        Field(max_length=200, description="Ids, file names or titles of documents; empty for all."),
    ] = ()
    period: Annotated[str | None, Field(max_length=20, description="Period of the inspections: “2016”, “2021/22”.")] = (
        None
    )
    as_of: Annotated[
        str | None,
        Field(max_length=20, description="ISO day, month or year; documents and entries after it are left out."),
    ] = None

    def scope(self) -> Scope:
        return Scope(self.body or None, self.documents, self.period or None, self.as_of or None)


Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_QUESTION,
        pattern=r"\S",
        description="In plain words, as one would ask a person.",
    ),
]


class EarlierTurn(_Exact):
    """A question asked before in the same conversation, as its reply gave it back; the program keeps none itself."""

    question: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_QUESTION,
            pattern=r"\S",
            description="`reply.rewritten` where it is not null, else `reply.question`.",
        ),
    ]
    cited: Annotated[
        tuple[Annotated[str, Field(max_length=300)], ...],
        Field(max_length=400, description="`paragraph_id` of each of its citations; empty when it was not answered."),
    ] = ()


class AskRequest(ScopeFields):
    question: Question
    turns: Annotated[
        tuple[EarlierTurn, ...],
        Field(max_length=KEPT_TURNS, description="Earlier turns, oldest first, for a question that leans on them."),
    ] = ()


class FindRequest(ScopeFields):
    question: Question
    k: Annotated[int, Field(ge=1, le=MOST_FOUND, description="How many paragraphs at most.")] = 10


class Place(_Exact):
    """A paragraph and where it stands."""

    source: Annotated[str, Field(description="File name of the document.")]
    document: Annotated[str, Field(description="Title of the document.")]
    date: Annotated[str | None, Field(description="ISO date of the document, as exact as it is known.")]
    section: Annotated[tuple[str, ...], Field(description="Headings above the paragraph, outermost first.")]
    paragraph_id: Annotated[str, Field(description="The same file always yields the same ids.")]
    page: Annotated[str | None, Field(description="Printed page.")]
    start: Annotated[int, Field(description="Where the paragraph begins in the document's text, in characters.")]
    end: Annotated[int, Field(description="Where it ends.")]
    paragraph: Annotated[str, Field(description="Its text.")]


class CitationFields(Place):
    quote: Annotated[str, Field(description="Verbatim in `paragraph`.")]


class ReplyFields(_Exact):
    """An answer whose every sentence is cited, or a refusal that says why."""

    id: Annotated[str | None, Field(description="Null here; the id of the question in `--batch`.")]
    question: str
    answer: Annotated[str, Field(description="Empty when not answered.")]
    abstained: Annotated[bool, Field(description="Whether the question was not answered.")]
    reason: Annotated[str | None, Field(description="Why not; null for an answer.")]
    seconds: float
    citations: Annotated[tuple[CitationFields, ...], Field(description="What the answer rests on, in its order.")]
    notes: Annotated[tuple[str, ...], Field(description="The program's own words on the answer, or on the refusal.")]
    nearest: Annotated[tuple[CitationFields, ...], Field(description="For a refusal: what stands nearest; no answer.")]
    rewritten: Annotated[str | None, Field(description="A follow-up question as it was understood.")]


class AskResponse(_Exact):
    index_fingerprint: Annotated[str, Field(description="Of the indexed files; it changes when any of them does.")]
    scope: ScopeFields
    reply: ReplyFields


class Found(Place):
    kind: Annotated[str, Field(description="Finding, recommendation, cause of concern …")]
    speaker: Annotated[str, Field(description="Whose words they are: inspector, body inspected …")]
    score: Annotated[float, Field(description="Between 0 and 1; compares within one search only.")]
    also: Annotated[tuple[str, ...], Field(description="Paragraphs of the document that say the same, by id.")] = ()


class FindResponse(_Exact):
    index_fingerprint: str
    scope: ScopeFields
    found: Annotated[tuple[Found, ...], Field(description="Best first.")]


class ProgressResponse(_Exact):
    index_fingerprint: str
    records: Annotated[
        tuple[dict[str, Any], ...],
        Field(
            description="Records of the register, as `python -m ingest --register` gives them; their fields go by `kind`."
        ),
    ]


class Stored(_Exact):
    name: Annotated[str, Field(description="The file as it now stands in the folder; it is not indexed yet.")]


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    detail: str
