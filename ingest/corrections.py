"""`documents.toml`: corrections by hand of what a document is taken to say of itself.

Owns the form of that file and putting its values in the place of what was read. Leaves finding the file to `corpus`.

    ["panel paper.pdf"]                    # a file in the same folder
    title = "Update on the 2017 findings"
    publisher = "Northmoor Police and Crime Panel"
    bodies = ["Northmoor Police"]          # the main one first
    period = "2017"                        # or "2021/22"
    fieldwork = [2017-09-04, "2017-10"]    # first and last day or month; months in quotes
    date = 2019-06-18                      # or "2019-06"
    kind = "panel paper"                   # inspection report, tracker entry, panel paper, digest, response, other

Every key is optional; "" or [] says that the document does not state the field.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from errors import CorrectionsError
from ingest.document import DocumentKind, Metadata

FILE = "documents.toml"
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_PERIOD = re.compile(r"(?:19|20)\d\d(?:/(?:\d\d|(?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class Correction:
    """The fields of one file, checked; None or () where the document is to be taken as not stating one."""

    fields: tuple[tuple[str, Any], ...]  # in order of their names, so that the order in the file does not matter


def parse_corrections(source: str, file: Path, names: Collection[str]) -> Mapping[str, Correction]:
    """The corrections that the text of a documents.toml gives, by file name.

    Args:
        file: where the text is from, for messages.
        names: the files beside it; a correction of any other is refused.

    Raises:
        CorrectionsError: the text is no TOML, or names an unknown file or key, or a value is not what its key asks.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        raise CorrectionsError(file, f"is not valid TOML ({problem}).") from None
    found = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise CorrectionsError(file, f'“{name}” stands outside a file: begin with a line such as ["report.pdf"].')
        if name not in names:
            raise CorrectionsError(file, f"“{name}” is not a file in the same folder.")
        found[name] = Correction(tuple(sorted(_checked(file, name, key, value) for key, value in table.items())))
    return found


def correct(metadata: Metadata, correction: Correction | None) -> Metadata:
    """The metadata with the corrected fields; these have no span, and are named in `corrected`."""
    if correction is None or not correction.fields:
        return metadata
    values = dict(correction.fields)
    named = frozenset(values)
    if "bodies" in values:
        bodies = values.pop("bodies")
        values |= {"body": bodies[0] if bodies else None, "other_bodies": tuple(bodies[1:])}
    spans = tuple((field, span) for field, span in metadata.spans if field not in named)
    return replace(metadata, **values, spans=spans, corrected=tuple(sorted(named)))


def _checked(file: Path, name: str, key: str, value: object) -> tuple[str, Any]:
    if key not in _CHECKS:
        raise CorrectionsError(file, f"“{name}”: {key} is unknown; the keys are {', '.join(_CHECKS)}.")
    check, wanted = _CHECKS[key]
    try:
        return key, check(value)
    except ValueError:
        raise CorrectionsError(file, f"“{name}”: {key} must be {wanted}, not {value!r}.") from None


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return " ".join(value.split())


def _words_or_none(value: object) -> str | None:
    return None if value == "" else _words(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value


def _names(value: object) -> tuple[str, ...]:
    return tuple(_words(each) for each in _list(value))


def _iso(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError(value)
    date.fromisoformat(f"{value}-01-01"[:10])  # raises where the day is not in the calendar
    return value


def _iso_or_none(value: object) -> str | None:
    return None if value == "" else _iso(value)


def _period(value: object) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or not _PERIOD.fullmatch(value):
        raise ValueError(value)
    return value


def _fieldwork(value: object) -> tuple[str, str] | None:
    days = [_iso(each) for each in _list(value)]
    if not days:
        return None
    if len(days) != 2 or days[0] > days[1]:
        raise ValueError(value)
    return days[0], days[1]


def _kind(value: object) -> DocumentKind:
    return DocumentKind(_words(value))


_CHECKS: Mapping[str, tuple[Callable[[object], Any], str]] = {
    "title": (_words, "words"),
    "publisher": (_words_or_none, "a name"),
    "bodies": (_names, 'a list of names, such as ["Northmoor Police"]'),
    "period": (_period, 'one year or two, such as "2017" or "2021/22"'),
    "fieldwork": (_fieldwork, "the first and the last day or month, such as [2017-09-04, 2017-10-13]"),
    "date": (_iso_or_none, 'a day or month, such as 2019-06-18 or "2019-06"'),
    "kind": (_kind, f"one of {', '.join(DocumentKind)}"),
}
