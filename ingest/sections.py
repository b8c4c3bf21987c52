"""The tree that headings open: which heading stands under which.

Owns levels where the file does not print them. Leaves deciding what is a heading to the readers and `plain`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Block, Role
from ingest.grades import is_grade
from ingest.likeness import likeness
from ingest.lines import is_in_capitals
from ingest.prints import kind_of_mark

# Headings that inspection reports repeat inside every section; they never open a section of their own rank.
LABEL = re.compile(
    r"^(?:areas? for improvement|main findings|summary of findings|causes? of concern|recommendations?|"
    r"innovative practices?|accelerated causes? of concern|background|conclusion)s?(?::.*)?$"
    r"|^(?:what (?:must|needs? to|has to|should) (?:be done|change|improve|happen)(?: (?:next|now))?|what (?:the )?[\w ’']{3,40} (?:must|should|needs? to|has to) do(?: (?:next|now))?|(?:actions?|improvements?|changes) (?:required|needed)"
    r"|(?:required|necessary) (?:actions?|improvements?|changes))$",
    re.I,
)
# Of these labels the ones below which somebody is told what to do.
ASKING = re.compile(r"^(?:recommendation|cause|what |actions?\b|improvements?\b|changes|required|necessary)", re.I)
# A heading of the part of a report in which those inspected answer it. "How the force responds to calls" is none.
RESPONSE_PART = re.compile(
    r"^(?:the )?(?:[\w’' ]{0,40} )?(?:response|reply)(?: (?:of|from|by|to)(?: the)?\b.*\b(?:force|service|services|council|board|trust|"
    r"authority|government|commissioner|report|recommendations?|findings|inspection)\b.*)?$"
    r"|^how .{3,60}\b(?:responded|replied)$|^what .{3,60}\bsaid in (?:response|reply)$",
    re.I,
)
MAJOR = re.compile(
    r"^(?:annex|appendix|chapter|part|section)\b|^(?:overview|introduction|foreword|executive summary|overall summary|"
    r"conclusions?|contents)\b",
    re.I,
)
# Parts at the end of a report that belong to none of its sections.
OF_THE_WHOLE = re.compile(
    r"^(?:how we (?:inspected|reviewed|worked|did)\b|method(?:ology)?$|glossary$|about (?:the data|this (?:inspection|review|report))$"
    r"|notes? on (?:the )?(?:data|numbers|figures)$)",
    re.I,
)
TITLE_LEVEL, MAJOR_LEVEL, PARENT_LEVEL, LABEL_LEVEL, NESTED_LABEL_LEVEL, INNER_LEVEL = 0, 1, 2, 2, 3, 4
# A heading whose sections print points.
NAMES_POINTS = re.compile(r"\b(?:areas? for improvement|recommendations|causes? of concern)\b", re.I)
# Labels of boxes that stand wherever the text calls for them, so also inside a part of a section.
BOX = re.compile(r"^(?:areas? for improvement|causes? of concern|innovative practices?|recommendations?)\b", re.I)
REPEATED = 0.4  # likeness of a piece of a column to the section of its column's name; not tuned
SENTENCE_WORDS = 6  # a heading shorter than this names a subject; the shortest sentence heading here has 6
VERB = re.compile(r"\b(?:is|are|was|were|has|have|does|do|should|needs?|can|will|must)\b|n['’]t\b")


def is_label(text: str) -> bool:
    return LABEL.match(text) is not None


def is_sentence(heading: str) -> bool:
    """Whether a heading says a finding and names no subject."""
    return len(heading.split()) >= SENTENCE_WORDS and VERB.search(heading) is not None


def section_paths(blocks: Sequence[Block], title_length: int) -> list[tuple[str, ...]]:
    """The section path of every block, outermost first; a heading's own text ends its own path.

    `title_length` is how many leading headings are the document's title and open no section.
    """
    levels = _without_false_ranks(blocks, heading_levels(blocks, title_length))
    beside = _side_by_side(blocks)
    stack: list[tuple[int, str]] = []
    paths = []
    for index, block in enumerate(blocks):
        level = levels.get(index)
        if level and block.role is Role.HEADING:
            if index in beside and beside[index] < 0:
                paths.append((*(text for _, text in stack), block.text))
                continue
            stack = [entry for entry in stack if entry[0] < level] + [(level, block.text)]
        path = tuple(text for _, text in stack)
        paths.append((*path, blocks[beside[index]].text) if beside.get(index, -1) >= 0 else path)
    return _below_columns(blocks, paths, beside)


def _without_false_ranks(blocks: Sequence[Block], levels: dict[int, int]) -> dict[int, int]:
    """The levels; where they print sizes and no ranks, a section of points below the heading that names them.

    They do where the title has a lower rank than a section below it. Then a heading that names points ("Areas for
    improvement and recommendations") holds the sections below it that print marked ones ("AFI1. ..."), up to the first
    that prints none; all others are outermost.
    """
    titles = [blocks[index].level for index, level in levels.items() if level == TITLE_LEVEL]
    others = [
        blocks[index].level for index, level in levels.items() if level != TITLE_LEVEL and not blocks[index].dated
    ]
    if not titles or not others or min(titles) <= min(filter(None, others), default=0) or not all(titles):
        return levels
    made, is_open = dict(levels), False
    places = [index for index, level in levels.items() if level != TITLE_LEVEL]
    for index, end in pairwise([*places, len(blocks)]):
        has_points = any(kind_of_mark(block.text) for block in blocks[index + 1 : end])
        names_points = NAMES_POINTS.search(blocks[index].text) is not None
        made[index] = PARENT_LEVEL if is_open and has_points and not names_points else MAJOR_LEVEL
        is_open = names_points or (is_open and has_points)
    return made


def heading_levels(blocks: Sequence[Block], title_length: int) -> dict[int, int]:
    """Level of each heading block by index; 0 for the title.

    Printed levels are kept when the file has several. Otherwise a heading that a contents list names, or that the
    document prints more than once or names in a table of grades, or that is followed by a grade, is outermost; a heading directly followed by
    another is its parent; repeated labels ("Areas for improvement") stand below the section, or below the part of it
    whose heading names a subject and is the last before them; the rest are inner.
    """
    headings = [index for index, block in enumerate(blocks) if block.role is Role.HEADING]
    printed = {blocks[index].level for index in headings if blocks[index].level and not blocks[index].dated}
    is_marked = len(printed) > 1
    seen = Counter(_key(block.text) for block in blocks if block.role in (Role.HEADING, Role.ITEM))
    seen.update({_key(area): 1 for block in blocks if block.role is Role.ROW for area in _graded_in(block.text)})
    levels: dict[int, int] = {}
    cause_open = False
    is_labelled = False  # a label stands directly below the section; inner headings then stand below labels
    part_open = False  # an inner heading that names a subject holds; labels of boxes stand below it
    for place, index in enumerate(headings):
        block = blocks[index]
        following = headings[place + 1] if place + 1 < len(headings) else None
        previous = headings[place - 1] if place else None
        if place < title_length:
            levels[index] = TITLE_LEVEL
        elif is_marked and block.level:
            levels[index] = block.level
        elif is_label(block.text) and not block.number:
            nests = cause_open and re.match("recommendation", block.text, re.I) is not None
            part_open = part_open and BOX.match(block.text) is not None
            levels[index] = (NESTED_LABEL_LEVEL if nests else LABEL_LEVEL) + (INNER_LEVEL if part_open else 0)
            is_labelled = is_labelled or not part_open
            cause_open = block.text.lower().startswith("cause") or nests
        else:
            levels[index] = _open_level(blocks, index, previous, following, seen, levels)
            is_inner = levels[index] == INNER_LEVEL
            cause_open = cause_open and is_inner and not part_open
            is_in_box = part_open and previous is not None and levels[previous] > INNER_LEVEL
            if is_inner and is_in_box and (_next_visible(blocks, previous) == index or is_sentence(block.text)):  # type: ignore[arg-type]  # is_in_box
                levels[index] = 2 * INNER_LEVEL
            else:
                is_labelled = is_labelled and is_inner
                part_open = is_inner and not is_sentence(block.text) and not is_labelled
    return levels


def _graded_in(row: str) -> list[str]:
    """The areas that a row of a grade table names; such an area is a section of the first rank where one has its name."""
    cells = [cell.rpartition(": ") for cell in row.split("; ")]
    has_grade = any(is_grade(head) or is_grade(cell) for head, _, cell in cells)
    return [cell for _, _, cell in cells if has_grade and not is_grade(cell)]


def _open_level(
    blocks: Sequence[Block],
    index: int,
    previous: int | None,
    following: int | None,
    seen: Counter[str],
    levels: dict[int, int],
) -> int:
    block = blocks[index]
    is_outer = (
        block.level == 1
        or seen[_key(block.text)] > 1
        or MAJOR.match(block.text) is not None
        or block.number
        or is_in_capitals(block.text)
        or OF_THE_WHOLE.match(block.text) is not None
        or RESPONSE_PART.match(block.text) is not None
    )
    if block.dated:
        return block.level
    if is_outer:
        follows_outer = (
            block.level == 1
            and previous is not None
            and _next_visible(blocks, previous) == index
            and levels[previous] == 1
        )
        return PARENT_LEVEL if follows_outer else MAJOR_LEVEL
    if following is not None and _next_visible(blocks, index) == following and not is_label(blocks[following].text):
        return PARENT_LEVEL
    if re.fullmatch("summary", block.text, re.I):
        return PARENT_LEVEL
    below = _next_visible(blocks, index)
    if below is not None and is_grade(blocks[below].text):
        is_opened = (
            previous is not None and levels[previous] == MAJOR_LEVEL and _next_visible(blocks, previous) == index
        )
        return PARENT_LEVEL if is_opened and MAJOR.match(blocks[previous or 0].text) else MAJOR_LEVEL
    return INNER_LEVEL


def _next_visible(blocks: Sequence[Block], index: int) -> int | None:
    return next((place for place in range(index + 1, len(blocks)) if blocks[place].role is not Role.FURNITURE), None)


def _key(text: str) -> str:
    """Heading text without its number, commas and case, so that a list of questions matches the headings it names."""
    tail = text.rsplit(": ", 1)[-1] if ": " in text else text
    return re.sub(r"[^a-z ]", "", re.sub(r"^\d+[.)]\s*", "", tail).lower()).strip()


def _side_by_side(blocks: Sequence[Block]) -> dict[int, int]:
    """Two or more headings in a row followed by as many grades: a summary set in columns.

    Returns -1 for each such heading, which opens no section because the text below mixes the columns, and for each
    grade the index of the heading it belongs to.
    """
    found: dict[int, int] = {}
    visible = [index for index, block in enumerate(blocks) if block.role is not Role.FURNITURE]
    for place, index in enumerate(visible):
        if blocks[index].role is not Role.HEADING or index in found:
            continue
        heads = [index]
        while place + len(heads) < len(visible) and blocks[visible[place + len(heads)]].role is Role.HEADING:
            heads.append(visible[place + len(heads)])
        grades = visible[place + len(heads) : place + 2 * len(heads)]
        if len(heads) > 1 and len(grades) == len(heads) and all(is_grade(blocks[grade].text) for grade in grades):
            found.update(dict.fromkeys(heads, -1))
            found.update(zip(grades, heads, strict=True))
    return found


def _below_columns(
    blocks: Sequence[Block], paths: list[tuple[str, ...]], beside: dict[int, int]
) -> list[tuple[str, ...]]:
    """The paths, with the text of columns below the heading of its column where its words tell which that is.

    A summary in columns repeats what sections of the same names say later on; text between two such pieces stands
    with the one before it. Where no section repeats any of it, the paths stay as they are.
    """
    made = list(paths)
    for row in _rows_of_grades(blocks, beside):
        heads, last = [beside[place] for place in row], row[-1]
        end = next((n for n in range(last + 1, len(blocks)) if blocks[n].role is Role.HEADING), len(blocks))
        inside = [n for n in range(last + 1, end) if blocks[n].role in (Role.TEXT, Role.ITEM)]
        told = {head: _told_below(blocks, paths, blocks[head].text, end) for head in heads}
        best = {n: max(heads, key=lambda head: likeness(blocks[n].text, told[head])) for n in inside}
        sure = {n: head for n, head in best.items() if likeness(blocks[n].text, told[head]) >= REPEATED}
        column = heads[0]
        for n in inside if sure else ():
            column = sure.get(n, column)
            made[n] = (*paths[n], blocks[column].text)
    return made


def _rows_of_grades(blocks: Sequence[Block], beside: dict[int, int]) -> list[list[int]]:
    """The places of grades set in columns, those of one row of headings together."""
    rows: list[list[int]] = []
    for place in sorted(place for place, head in beside.items() if head >= 0):
        is_same = bool(rows) and not any(blocks[n].role is Role.HEADING for n in range(rows[-1][-1], place))
        if is_same:
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _told_below(blocks: Sequence[Block], paths: Sequence[tuple[str, ...]], heading: str, start: int) -> str:
    """What the sections of a heading's name say behind a place."""
    name = _key(heading)
    below = range(start, len(blocks))
    return " ".join(blocks[n].text for n in below if any(_key(text) == name for text in paths[n]))
