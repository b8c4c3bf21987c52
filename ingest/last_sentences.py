"""Last sentences of paragraphs that the end of a page, or a footnote's mark, has set apart from what they end.

Owns telling them by what they refer to. Leaves joining to `paragraphs`, so that no id moves. For plain text only: other
formats mark where a paragraph ends.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, Role
from ingest.grades import is_grade
from ingest.sentences import sentences

# "This would help ...", "This means that ...": the words before are what "this" stands for.
_STANDS_FOR = re.compile(
    r"^(?:This|That|These|They) (?:(?:would|will|can|could|may|might|should|has|have|had|also|was|were|all|both|means|meant"
    r"|makes?|helps?|led|leads?|allows?|ensures?|gives?|enables?|includes?|results?|reduces?|increases?|affects?|limits?)\b)"
)
_NAMES = re.compile(r"^(?:This|That|These|Those|Such) (?P<what>(?:[a-z][\w-]+ ){1,3})")
_WORD = re.compile(r"[a-z]{5,}")
STEM = 6  # letters, so that "relationship" and "relationships" are one; not tuned


def with_last_sentences(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; a single sentence that leans on the text before it is marked as going on with it.

    It begins with "this would", or with "this" and something of which the text before speaks, and no heading, list or
    table stands between.
    """
    made: list[Block] = []
    before: Block | None = None
    for block in blocks:
        is_prose = block.role is Role.TEXT and block.number is None and not block.dated and not is_grade(block.text)
        if is_prose and before is not None and _leans_on(block.text, before.text):
            block = replace(block, continues=True)
        if is_prose and block.text.endswith("."):
            before = before if block.continues else block
        elif block.role not in (Role.FURNITURE, Role.FOOTNOTE, Role.NOTE):
            before = None
        made.append(block)
    return made


def _leans_on(text: str, before: str) -> bool:
    if len(sentences(text)) > 1 or not text.endswith("."):
        return False
    if _STANDS_FOR.match(text):
        return True
    named = _NAMES.match(text)
    spoken = {word[:STEM] for word in _WORD.findall(before)}
    return named is not None and any(word[:STEM] in spoken for word in _WORD.findall(named["what"]))
