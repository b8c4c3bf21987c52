"""Gold anchors follow their paragraphs when the reader gives them other ids or cuts them elsewhere.

Owns where an anchor goes. Leaves what is wrong with a gold file to `checking`, and both files to the command line.

A gold file holds no words of a report, so a moved paragraph is known by its hash. When the words themselves changed, the
old index (another store, from before the change) still has them: what they covered is then looked for by near text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from eval.anchors import Wording, covers, span_of
from eval.gold import Anchor, paragraph_hash
from ingest.document import Paragraph

SURE = 0.9  # of the span's (or paragraph's) runs of four words in the new paragraph; not tuned: below, a person looks


class Way(StrEnum):
    """How an anchor was found again."""

    SAME = "unchanged"
    HASH = "by its hash"
    TEXT = "by near text"
    LOST = "a person has to look"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where one anchor went. More than one when its paragraph was cut in pieces; none when it is lost."""

    old: Anchor
    new: tuple[Anchor, ...]
    way: Way
    why: str = ""  # what a person has to look at


def move(anchor: Anchor, now: Mapping[str, Paragraph], before: Mapping[str, Paragraph] | None = None) -> Moved:
    """Find an anchor again in the index as it is now.

    Args:
        now, before: paragraphs by id, of the present index and of the one for which the gold was written.
    """
    held = now.get(anchor.paragraph)
    if held is not None and held.is_citable and paragraph_hash(held.text) == anchor.hash:
        return Moved(anchor, (anchor,), Way.SAME)
    document = anchor.paragraph.split("#")[0]
    same = [each for each in now.values() if each.is_citable and paragraph_hash(each.text) == anchor.hash]
    own = [each for each in same if each.id.split("#")[0] == document] or same
    if len(own) == 1:
        return Moved(anchor, (replace(anchor, paragraph=own[0].id),), Way.HASH)
    if own:
        nearest = min(own, key=lambda each: abs(_place(each.id) - _place(anchor.paragraph)))
        return Moved(anchor, (replace(anchor, paragraph=nearest.id),), Way.HASH)
    old = (before or {}).get(anchor.paragraph)
    if old is None or paragraph_hash(old.text) != anchor.hash:
        return Moved(anchor, (), Way.LOST, "its words are in no index at hand; give the one from before with --before")
    return _by_text(anchor, old.text, [each for each in now.values() if each.id.split("#")[0] == document])


def _by_text(anchor: Anchor, old: str, candidates: Sequence[Paragraph]) -> Moved:
    """By the words of the span where the anchor has one, else of the whole paragraph."""
    words = old[anchor.span[0] : anchor.span[1]] if anchor.span else old
    wanted = Wording.of(words)
    found = [each for each in candidates if each.is_citable and _share(Wording.of(each.text), wanted) >= SURE]
    if not found:
        near = [each for each in candidates if each.is_citable and covers(Wording.of(each.text), wanted)]
        ids = ", ".join(each.id for each in near[:3]) or "no paragraph"
        return Moved(anchor, (), Way.LOST, f"nearest to its words: {ids}")
    new = tuple(Anchor(each.id, paragraph_hash(each.text), span_of(each.text, words)) for each in found)
    return Moved(anchor, new, Way.TEXT)


def _share(paragraph: Wording, wanted: Wording) -> float:
    if wanted.text in paragraph.text:
        return 1.0
    if not wanted.four_grams:
        return 0.0
    return len(wanted.four_grams & paragraph.four_grams) / len(wanted.four_grams)


def _place(paragraph_id: str) -> int:
    digits = "".join(letter for letter in paragraph_id.rsplit("#", maxsplit=1)[-1] if letter.isdigit())
    return int(digits or 0)
