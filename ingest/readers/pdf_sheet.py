"""The pages of a PDF written down one after the other: running heads, body, footnotes, running feet.

Owns the order of the text and the blocks that need no look at the rest of the file. Leaves paragraphs to `pdf_blocks`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.document import Block, Role, Span
from ingest.readers.lists import Indented
from ingest.readers.pdf_lines import confidence_of, joined
from ingest.readers.pdf_page import Grid
from ingest.readers.pdf_pages import Note, SortedPage
from ingest.readers.pdf_paragraphs import Element, PdfTable
from ingest.readers.sheet import Sheet
from ingest.readers.tables import Row, head_count, table_blocks, written

SAME_EDGE = 3.0  # points between the columns of a table and of its continuation


class PdfSheet:
    """The text, the pieces of every paragraph, and the blocks of tables, footnotes and furniture."""

    def __init__(self, pages: Sequence[SortedPage], elements: Sequence[Element]) -> None:
        self.drafts: list[Indented] = []
        self.pieces: list[list[Span]] = [[] for _ in elements]
        self._sheet = Sheet()
        self._heads: list[Row] = []  # of the table written last
        self._note: int | None = None  # place of the footnote written last among the drafts
        parts: list[list[tuple[int, int]]] = [[] for _ in pages]  # (element, part) that stand on each page
        for index, element in enumerate(elements):
            places = [element.page] if isinstance(element, PdfTable) else [place for place, _ in element.parts]
            for number, place in enumerate(places):
                parts[place].append((index, number))
        for page, here in zip(pages, parts, strict=True):
            self._page(page, here, elements)

    @property
    def text(self) -> str:
        return self._sheet.text

    def _page(self, page: SortedPage, parts: Sequence[tuple[int, int]], elements: Sequence[Element]) -> None:
        self._furniture([line.text for line in page.above], page)
        for index, number in parts:
            element = elements[index]
            if isinstance(element, PdfTable):
                self._table(element, elements[index - 1] if index else None, page)
            else:
                self.pieces[index].append(self._sheet.add(element.piece_texts[number]))
                self._furniture([" ".join(mark for line in element.parts[number][1] for mark in line.marks)], page)
        for note in page.notes:
            self._footnote(note, page)
        drawn = [
            part
            for grid in page.drawings
            for row in grid.rows
            for cell in row
            if not cell.is_repeated
            for part in cell.parts
        ]
        self._furniture([*drawn, *(line.text for line in page.below), page.turned], page)

    def _furniture(self, texts: Iterable[str], page: SortedPage) -> None:
        for text in filter(str.strip, texts):
            self.drafts.append((Block(Role.FURNITURE, text, (self._sheet.add(text),), page=page.label), 0))

    def _footnote(self, note: Note, page: SortedPage) -> None:
        """Write a footnote down; one that a page cuts goes on as a further piece of the block it belongs to."""
        first = note.lines[0].words[0]
        own = joined([line.text for line in note.lines])
        marks = [mark for line in note.lines for mark in line.marks]
        printed = own
        if note.number and first.is_mark:
            printed, marks = f"{note.number} {own}", marks[1:]
        elif note.number:
            own = own[len(note.number) :].strip()
        piece = self._sheet.add(printed)
        if note.number is None and self._note is not None:
            block, indent = self.drafts[self._note]
            self.drafts[self._note] = (
                replace(block, text=joined([block.text, own]), pieces=(*block.pieces, piece)),
                indent,
            )
        else:
            self._note = len(self.drafts)
            sure = confidence_of(note.lines)
            block = Block(Role.FOOTNOTE, own, (piece,), number=note.number, page=page.label, ocr_confidence=sure)
            self.drafts.append((block, 0))
        self._furniture([" ".join(marks)], page)

    def _table(self, table: PdfTable, above: Element | None, page: SortedPage) -> None:
        """Write a table down. One that goes on from the page before keeps its heads, printed again or not."""
        rows: list[Row] = list(table.grid.rows)
        count = head_count(rows, table.grid.head_rows)
        if isinstance(above, PdfTable) and above.page == table.page - 1 and _same_columns(above.grid, table.grid):
            heads = [[cell.text for cell in row] for row in self._heads]
            is_repeated = heads == [[cell.text for cell in row] for row in rows[: len(heads)]]
            count = len(heads)
            rows = rows if is_repeated else [[cell.again() for cell in row] for row in self._heads] + rows
        self._heads = rows[:count]
        blocks = table_blocks(written(rows, self._sheet), count, page.label)
        self.drafts += [(block, 0) for block in blocks]
        self._furniture([" ".join(table.grid.marks)], page)


def _same_columns(grid: Grid, other: Grid) -> bool:
    return len(grid.columns) == len(other.columns) and all(
        abs(x - y) <= SAME_EDGE for x, y in zip(grid.columns, other.columns, strict=True)
    )
