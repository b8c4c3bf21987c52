"""Replies that outlive the page: as plain values for the browser or a link, and back, checked against the documents.

Owns the shape of a kept reply, and what has become of each of its quotes since. Leaves keeping it to `links` and to
the browser. What comes back is never believed: a quote is shown as proof only where it still stands in a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Searched, Statement
from assistant.citations import check
from assistant.composer import DraftSentence
from assistant.scope import Scope
from ui.shelf import Shelf

MOST_QUOTES = 400  # of one reply; a longer record did not come from this page


class Fate(StrEnum):
    """What has become of a quote since it was kept."""

    INTACT = "intact"  # in the same paragraph
    MOVED = "moved"  # in another paragraph of the same document
    CHANGED = "changed"  # the document is there, the words are not
    WITHDRAWN = "withdrawn"  # the document is not there


@dataclass(frozen=True, slots=True)
class Lost:
    """A statement whose proof is gone; it is shown as what was said then, not as an answer."""

    text: str
    document: str  # the title it had
    fate: Fate


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its reply, as it stands in a conversation."""

    reply: Reply | None  # None when none of its quotes stands any more
    question: str
    fingerprint: str  # of the index it was answered from
    asked: str  # ISO minute
    fates: tuple[Fate, ...] = ()  # of all quotes, in order; empty for a reply of this session
    lost: tuple[Lost, ...] = ()


def to_record(turn: Turn) -> dict[str, Any]:
    """The turn as JSON values. A statement that was lost before is not kept again."""
    reply = turn.reply
    if reply is None:
        return {"question": turn.question, "fingerprint": turn.fingerprint, "asked": turn.asked, "statements": []}
    scope = reply.scope
    common = {
        "question": reply.question,
        "rewritten": reply.rewritten,
        "fingerprint": turn.fingerprint,
        "asked": turn.asked,
        "scope": {
            "body": scope.body,
            "documents": list(scope.documents),
            "period": scope.period,
            "as_of": scope.as_of,
        },
        "searched": {
            "documents": [document.id for document in reply.searched.documents],
            "paragraphs": reply.searched.paragraphs,
        },
        "dropped": list(reply.dropped),
    }
    if isinstance(reply, Refusal):
        nearest = [_quote(citation) for citation in reply.nearest]
        return {**common, "reason": reply.reason.value, "explanation": reply.explanation, "nearest": nearest}
    statements = [{"text": each.text, "quotes": [_quote(item) for item in each.citations]} for each in reply.statements]
    return {**common, "statements": statements, "notes": list(reply.notes), "by_model": reply.written_by_model}


def from_record(record: object, shelf: Shelf) -> Turn | None:
    """The turn that `to_record` wrote, as far as the documents still bear it out; None when it is no such record."""
    try:
        return _turn(record, shelf)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def summary(fates: Sequence[Fate]) -> str:
    """What has become of the quotes, in one plain sentence."""
    if not fates or set(fates) == {Fate.INTACT}:
        return "Every quoted passage still stands where it was cited."
    counts = [f"{fates.count(fate)} {fate.value}" for fate in Fate if fate in fates]
    return f"Of {len(fates)} quoted passages: {', '.join(counts)}."


def _turn(record: Any, shelf: Shelf) -> Turn:
    scope = record.get("scope", {})
    kept_scope = Scope(scope.get("body"), tuple(scope.get("documents", ())), scope.get("period"), scope.get("as_of"))
    looked = record.get("searched", {"documents": [], "paragraphs": 0})
    here = tuple(shelf.by_id[key] for key in looked["documents"] if key in shelf.by_id)
    searched = Searched(here, int(looked["paragraphs"]))
    question, rewritten = str(record["question"]), record.get("rewritten")
    if "reason" in record:
        nearest = tuple(found for item in record["nearest"] if (found := _find(item, shelf)[0]))
        reason = Reason(record["reason"])
        refusal = Refusal(question, reason, str(record["explanation"]), searched, nearest, (), rewritten, kept_scope)
        return Turn(refusal, question, str(record["fingerprint"]), str(record["asked"]))
    statements: list[Statement] = []
    fates: list[Fate] = []
    lost: list[Lost] = []
    for each in record["statements"]:
        results = [_find(item, shelf) for item in each["quotes"]]
        fates += [fate for _, fate in results]
        cited = tuple(citation for citation, _ in results if citation)
        # Words whose every quote stands, and which those quotes bear out, are said again; others nothing proves now.
        if len(cited) == len(results) and _holds(str(each["text"]), cited):
            statements.append(Statement(str(each["text"]), cited))
        else:
            fate = next((fate for citation, fate in results if citation is None), Fate.CHANGED)
            lost.append(Lost(str(each["text"]), str(each["quotes"][0]["title"]), fate))
    if len(fates) > MOST_QUOTES:
        raise ValueError("too many quotes for a reply of this page")
    notes = tuple(map(str, record.get("notes", ())))
    reply = None
    if statements:
        reply = Answer(
            question, tuple(statements), searched, notes, (), bool(record.get("by_model")), rewritten, kept_scope
        )
    return Turn(reply, question, str(record["fingerprint"]), str(record["asked"]), tuple(fates), tuple(lost))


def _holds(text: str, cited: Sequence[Citation]) -> bool:
    """The verifier lets the sentence through on one of its quotes."""
    drafts = (DraftSentence(text, each.paragraph, each.document, each.quote) for each in cited)
    return any(not check(draft).problems for draft in drafts)


def _quote(citation: Citation) -> dict[str, str]:
    return {
        "paragraph": citation.paragraph.id,
        "document": citation.document.id,
        "title": citation.document.metadata.title,
        "quote": citation.quote,
    }


def _find(item: Any, shelf: Shelf) -> tuple[Citation | None, Fate]:
    """The quote where it stands now."""
    quote, key = str(item["quote"]), str(item["document"])
    if key not in shelf.by_id:
        return None, Fate.WITHDRAWN
    found = shelf.find(str(item["paragraph"]))
    if found and found[1].id == key and quote.strip() and quote in found[0].text:
        return Citation(found[0], found[1], quote), Fate.INTACT
    elsewhere = (paragraph for paragraph in shelf.citable[key] if quote.strip() and quote in paragraph.text)
    moved = next(elsewhere, None)
    return (Citation(moved, shelf.by_id[key], quote), Fate.MOVED) if moved else (None, Fate.CHANGED)
