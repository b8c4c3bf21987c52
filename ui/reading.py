"""A document as the machine read it, paragraph by paragraph, each with an anchor.

Owns this view. Leaves how a document is read to `ingest`.
"""

from collections import Counter
from collections.abc import Sequence
from html import escape

from ingest.dates import spoken
from ingest.document import Document, Kind, Paragraph
from ui.desk import Desk
from ui.reply import count
from ui.source import SPEAKERS, capital, full_name

WORTH_A_LIST = 4  # sections from which a list of them leads the document; with fewer one sees them all the same
BACK = '<p><button type="button" class="desk-link" data-return>Back to where you were</button></p>'
GONE = '<section class="desk-problem" role="alert"><p>That paragraph or document is no longer loaded.</p></section>'


def document_html(desk: Desk, key: str) -> str:
    """The document of that id, or the one that holds the paragraph of that id, which is then marked and gone to."""
    found = desk.shelf.find(key)
    document = found[1] if found else desk.shelf.by_id.get(key)
    return read_html(document, key if found else "") if document else GONE


def read_html(document: Document, here: str = "") -> str:
    """What was read of `document`, furniture included but folded away; the paragraph `here` takes the focus."""
    look = "" if here else " data-look-here"
    sections = _sections(document)
    body = "".join(_section(document, number, *section, here) for number, section in enumerate(sections, start=1))
    return (
        f'<section class="desk-reading" aria-label="Document as read"><h3 tabindex="-1"{look}>'
        f'{escape(full_name(document))}</h3><p class="desk-small">The text as the computer read it, without layout and '
        f"pictures. {escape(counted(document))}</p>{BACK}"
        f"{_notes('Noted while reading:', document.warnings)}{_front_matter(document)}{_contents(sections)}{body}{_furniture(document)}{BACK}</section>"
    )


def counted(document: Document) -> str:
    """What was read, in numbers: "412 paragraphs that can be quoted, in 38 sections: 300 findings, 20 grades, …"."""
    kinds = Counter(paragraph.kind.value for paragraph in document.citable())
    sections = len({paragraph.headings for paragraph in document.citable() if paragraph.headings})
    parts = ", ".join(f"{number:,} {kind if number == 1 else plural(kind)}" for kind, number in kinds.most_common())
    found = count(sum(kinds.values()), "paragraph", "paragraphs")
    return f"{found} that can be quoted, in {count(sections, 'section', 'sections')}: {parts}."


def plural(kind: str) -> str:
    """Of a kind of paragraph: "grades", "areas for improvement", "statuses"."""
    first, *others = kind.split(" ", 1)
    if others and others[0].startswith(("for ", "of ")):
        return f"{plural(first)} {others[0]}"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def _sections(document: Document) -> list[tuple[tuple[str, ...], list[Paragraph]]]:
    groups: list[tuple[tuple[str, ...], list[Paragraph]]] = []
    for paragraph in document.citable():
        if not groups or groups[-1][0] != paragraph.headings:
            groups.append((paragraph.headings, []))
        groups[-1][1].append(paragraph)
    return groups


def _contents(sections: list[tuple[tuple[str, ...], list[Paragraph]]]) -> str:
    """Links to the sections, folded; nothing where there are too few to get lost in."""
    named = [(number, headings) for number, (headings, _) in enumerate(sections, start=1) if headings]
    if len(named) < WORTH_A_LIST:
        return ""
    items = "".join(
        f'<li><a href="#section-{number}">{escape(" › ".join(headings))}</a></li>' for number, headings in named
    )
    return f'<details class="desk-contents"><summary>Sections ({len(named)})</summary><ul class="desk-documents">{items}</ul></details>'


def _section(document: Document, number: int, headings: tuple[str, ...], paragraphs: list[Paragraph], here: str) -> str:
    title = f'<h4 id="section-{number}">{escape(" › ".join(headings))}</h4>' if headings else ""
    return title + "".join(_paragraph(document, paragraph, is_here=paragraph.id == here) for paragraph in paragraphs)


def _paragraph(document: Document, paragraph: Paragraph, *, is_here: bool) -> str:
    short = paragraph.id.removeprefix(f"{document.id}#")
    printed = [
        f"paragraph {paragraph.number}" if paragraph.number else "",
        f"page {paragraph.page}" if paragraph.page else "",
    ]
    dated = f"entry of {spoken(paragraph.dated)}" if paragraph.dated else ""
    facts = [capital(paragraph.kind.value), SPEAKERS.get(paragraph.speaker, ""), dated, *printed]
    look = ' data-look-here tabindex="-1" class="desk-read is-here"' if is_here else ' class="desk-read"'
    key = escape(paragraph.id)
    return (
        f'<div id="read-{key}"{look}><p class="desk-margin"><span>{escape(short)}</span> '
        f"{escape(' · '.join(each for each in facts if each))}"
        f' <button type="button" class="desk-link" data-send="keep" data-id="{key}" aria-label="Keep {key}">Keep</button></p>'
        f"<p>{escape(paragraph.text)}</p></div>"
    )


def _notes(said: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="desk-notes"><p>{said}</p><ul>{items}</ul></div>'


def _front_matter(document: Document) -> str:
    """Lines in which the document says what it is; no answer cites them, but its facts come from them."""
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.kind is Kind.FRONT_MATTER]
    return _notes("What the document says of itself:", lines)


def _furniture(document: Document) -> str:
    aside = [paragraph.text for paragraph in document.paragraphs if paragraph.kind is Kind.FURNITURE]
    if not aside:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in aside)
    return f'<details class="desk-aside"><summary>Left out as headers, footers and page numbers ({len(aside)})</summary><ul>{items}</ul></details>'
