"""Documents as JSON and back.

Owns the shape of `documents.jsonl`. Leaves the files to `store`.
"""

from typing import Any

from ingest.document import Document, DocumentKind, Kind, Metadata, Paragraph, Speaker


def document_to_json(document: Document) -> dict[str, Any]:
    """A document as plain JSON values; `document_from_json` restores an equal document."""
    metadata = document.metadata
    return {
        "id": document.id,
        "source": document.source,
        "sha256": document.sha256,
        "text": document.text,
        "metadata": {name: getattr(metadata, name) for name in Metadata.__slots__},
        "paragraphs": [
            {name: getattr(paragraph, name) for name in Paragraph.__slots__} for paragraph in document.paragraphs
        ],
        "acronyms": document.acronyms,
        "warnings": document.warnings,
    }


def document_from_json(raw: dict[str, Any]) -> Document:
    """The document that `document_to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: the value is not one.
    """
    return Document(
        id=raw["id"],
        source=raw["source"],
        sha256=raw["sha256"],
        text=raw["text"],
        metadata=_metadata(raw["metadata"]),
        paragraphs=tuple(_paragraph(entry) for entry in raw["paragraphs"]),
        acronyms=tuple((short, long) for short, long in raw["acronyms"]),
        warnings=tuple(raw["warnings"]),
    )


def _metadata(raw: dict[str, Any]) -> Metadata:
    return Metadata(
        **{
            **raw,
            "kind": DocumentKind(raw["kind"]),
            "other_bodies": tuple(raw["other_bodies"]),
            "fieldwork": tuple(raw["fieldwork"]) if raw["fieldwork"] else None,
            "spans": tuple((field, (start, end)) for field, (start, end) in raw["spans"]),
            "corrected": tuple(raw["corrected"]),
        }
    )


def _paragraph(raw: dict[str, Any]) -> Paragraph:
    return Paragraph(
        **{
            **raw,
            "kind": Kind(raw["kind"]),
            "pieces": tuple((start, end) for start, end in raw["pieces"]),
            "headings": tuple(raw["headings"]),
            "speaker": Speaker(raw["speaker"]),
        }
    )
