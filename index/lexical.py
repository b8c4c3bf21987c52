"""Word search with BM25.

Owns the SQLite FTS5 table. Leaves query expansion to the caller.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.tokens import STOP_WORDS, content_stems, words

# Weights of the paragraph's own words and of its title and headings in the BM25 sum; see EVALUATION.md, ladder.
BODY_WEIGHT, CONTEXT_WEIGHT = 1.0, 0.3


def build(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write (paragraph id, text, context) rows to a new database; words are stemmed (Porter) and unaccented.

    A second table counts in how many paragraphs each Snowball stem stands, for the features of `ranking`.
    """
    counts = Counter(stem for _, body, _ in rows for stem in set(content_stems(body)))
    database = sqlite3.connect(path)
    with database:
        database.execute(
            "CREATE VIRTUAL TABLE paragraphs USING fts5(id UNINDEXED, body, context, tokenize='porter unicode61')"
        )
        database.executemany("INSERT INTO paragraphs VALUES (?, ?, ?)", rows)
        database.execute("CREATE TABLE stems (stem TEXT PRIMARY KEY, paragraphs INTEGER NOT NULL) WITHOUT ROWID")
        database.executemany("INSERT INTO stems VALUES (?, ?)", counts.items())
    database.close()


class LexicalIndex:
    """A read-only view of the tables; each call opens them afresh, so it may be used from any thread."""

    def __init__(self, path: Path) -> None:
        self._uri = f"file:{path}?mode=ro&immutable=1"

    def rarity(self, paragraphs: int) -> dict[str, float]:
        """Inverse document frequency of every stem among `paragraphs` paragraphs, as in BM25: ln(1 + (N-n+.5)/(n+.5))."""
        database = sqlite3.connect(self._uri, uri=True)
        try:
            counts = database.execute("SELECT stem, paragraphs FROM stems").fetchall()
        finally:
            database.close()
        return {str(stem): math.log(1 + (paragraphs - n + 0.5) / (n + 0.5)) for stem, n in counts}

    def search(self, texts: Sequence[str], k: int) -> list[tuple[str, float]]:
        """(paragraph id, BM25 score above 0) of the best `k` paragraphs that hold any content word of `texts`."""
        terms = list(dict.fromkeys(word for text in texts for word in words(text) if word not in STOP_WORDS))
        if not terms:
            return []
        query = " OR ".join('"' + term.replace('"', "") + '"' for term in terms)
        statement = (
            f"SELECT id, -bm25(paragraphs, 0.0, {BODY_WEIGHT}, {CONTEXT_WEIGHT}) AS score FROM paragraphs "  # noqa: S608  # constants
            "WHERE paragraphs MATCH ? ORDER BY score DESC, id LIMIT ?"
        )
        database = sqlite3.connect(self._uri, uri=True)
        try:
            return [(str(row[0]), float(row[1])) for row in database.execute(statement, (query, k))]
        finally:
            database.close()
