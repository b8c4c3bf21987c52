"""The title of a PDF: the headings before its first prose.

Owns which headings name the document and open no section. Leaves what a heading is to `pdf_blocks`.
"""

from collections.abc import Sequence

from ingest.document import Role
from ingest.readers.pdf_pages import SortedPage
from ingest.readers.pdf_paragraphs import Element, PdfParagraph, PdfTable

PROSE_LENGTH = 200  # characters; title pages hold shorter lines
NUMBERED_LENGTH = 80  # characters; entries of a contents list are shorter and end without a full stop. Not tuned

HeadingKey = tuple[float, int]  # sorts headings from the outermost level to the innermost
Look = tuple[Role, HeadingKey | None]
TITLE: HeadingKey = (float("-inf"), 0)


def titled(elements: Sequence[Element], looks: Sequence[Look], pages: Sequence[SortedPage]) -> list[Look]:
    """The looks again, with one key for the headings of the title, which no other heading has.

    Title pages end at the contents list or at the first page with prose. What follows the first headings there, as
    "Presented to Parliament", is text however large it is set; the same title printed again, as on a half-title, is
    furniture. A document that begins with prose has its title above that, if no other heading looks like it.
    """
    page = _first_page(elements, looks, pages)
    front = [place for place, element in enumerate(elements) if element.page < page]
    if any(looks[place][1] for place in front):
        return _with_title_pages(elements, looks, front)
    places = [place for place, (_, key) in enumerate(looks) if key]
    alike = [place for place in places if looks[place][1] == looks[places[0]][1]]
    run = list(range(alike[0], alike[-1] + 1)) if alike else []
    if not run or alike != run or len(places) == len(run) or elements[run[0]].page > page:
        return list(looks)
    return [(role, TITLE) if place in run else (role, key) for place, (role, key) in enumerate(looks)]


def _first_page(elements: Sequence[Element], looks: Sequence[Look], pages: Sequence[SortedPage]) -> int:
    """The place of the page where the document itself begins."""
    contents = next((place for place, page in enumerate(pages) if page.is_contents), len(pages))
    for element, (role, _) in zip(elements, looks, strict=True):
        is_prose = isinstance(element, PdfTable) or (role is not Role.HEADING and _is_prose(element))
        if is_prose or element.page >= contents:
            return min(element.page, contents)
    return 0  # no prose at all: then there is no telling


def _is_prose(element: PdfParagraph) -> bool:
    """Whether it is longer than what title pages hold, or the numbered paragraph of a short page."""
    is_numbered = element.marker is not None and element.marker.number is not None and element.printed.endswith(".")
    return len(element.printed) >= (NUMBERED_LENGTH if is_numbered else PROSE_LENGTH)


def _with_title_pages(elements: Sequence[Element], looks: Sequence[Look], front: Sequence[int]) -> list[Look]:
    found = list(looks)
    titles: set[str] = set()
    is_open = True
    for place in front:
        role, key = looks[place]
        is_heading = key is not None
        is_open = is_open and (is_heading or not titles)
        if is_heading and _words(elements[place]) in titles:
            found[place] = Role.FURNITURE, None
        elif is_heading and is_open:
            titles.add(_words(elements[place]))
            found[place] = role, TITLE
        elif is_heading:
            found[place] = Role.TEXT, None
    for place in range(front[-1] + 1, len(found)):
        if found[place][1] and _words(elements[place]) in titles:
            found[place] = Role.FURNITURE, None
    return found


def _words(element: Element) -> str:
    return "" if isinstance(element, PdfTable) else element.printed.casefold()
