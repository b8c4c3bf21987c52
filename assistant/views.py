"""What may be answered from: the documents that a scope, a body or a report leaves.

Owns views and what is kept of them between questions. Leaves reading a scope to `scope`, and searching a view to
`searching`.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.answer import Searched
from assistant.holdings import Holdings
from assistant.question import Question, asked_about
from assistant.scope import Allowed, Scope, allowed, of_months
from ingest.document import Document

KEPT_SCOPES = 16  # scopes whose holdings stay in memory; one takes some megabytes, and readers use a few
KEPT_HOLDINGS = 64  # sets of documents; a set takes about as much memory as its share of the whole


@dataclass(frozen=True, slots=True)
class View:
    """What may be answered from."""

    scope: Scope
    allowed: Allowed = field(repr=False)
    holdings: Holdings = field(repr=False)
    searched: Searched

    @property
    def within(self) -> frozenset[str] | None:
        """Ids of the documents to look in; None for all."""
        return None if self.allowed.is_everything else frozenset(document.id for document in self.allowed.documents)


class Views:
    """The views of the loaded documents."""

    def __init__(self, library: Holdings) -> None:
        self._library = library
        self._kept: dict[tuple[tuple[str, tuple[str, ...]], ...], Holdings] = {}
        self.of_scope = lru_cache(KEPT_SCOPES)(self._of_scope)

    def _of_scope(self, scope: Scope) -> View:
        left = allowed(scope, self._library.documents)
        holdings = self._library if left.is_everything else self._holdings(left.documents)
        paragraphs = sum(1 for document in left.documents for _ in document.citable())
        return View(scope, left, holdings, Searched(left.documents, paragraphs))

    def asked_about(self, question: Question, view: View) -> View:
        """Of the view what the question limits itself to by naming bodies, a report or a date; of dated entries those of
        the months asked about, where there are any."""
        view = self.narrowed(view, asked_about(question, view.holdings.documents))
        left = of_months(view.allowed, question.months)
        return view if left is view.allowed else replace(view, allowed=left, holdings=self._holdings(left.documents))

    def narrowed(self, view: View, ids: frozenset[str] | None) -> View:
        """The view with only these documents; the same when it holds no others."""
        kept = tuple(item for item in view.allowed.documents if ids is None or item.id in ids)
        if len(kept) == len(view.allowed.documents):
            return view
        left = replace(view.allowed, documents=kept, is_everything=False)
        return replace(view, allowed=left, holdings=self._holdings(kept))

    def _holdings(self, documents: tuple[Document, ...]) -> Holdings:
        """What is known of some of the documents; kept, since the same reports are asked about again and again."""
        key = tuple((document.id, tuple(item.id for item in document.paragraphs)) for document in documents)
        found = self._kept.get(key)
        if found is None:
            found = Holdings.of(documents, self._library.register)
            if len(self._kept) >= KEPT_HOLDINGS:
                self._kept.clear()
            self._kept[key] = found
        return found
