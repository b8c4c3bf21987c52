"""Three invented inspections of one force, years apart, and its panel's paper on the second: what each says of the same
subjects, so that it can be told what changed."""

from pathlib import Path

HEAD = """# PEEL {period}: an inspection of Northmoor Police

Body inspected: Northmoor Police

Inspection period: {period}

Published: {published}
"""

FIRST = (
    HEAD.format(period="2014", published="9 October 2014")
    + """
## Policing the ferries

Good

Northmoor Police is good at policing the ferries. Ferry officers are rarely taken off the boats to do other work.

The search dogs of the ferry terminal were trained by an outside kennel, and two of five dogs had passed their test.

## Keeping the archive

Requires improvement

Northmoor Police requires improvement in keeping the archive. Boxes of records stand in a damp cellar.
"""
)

SECOND = (
    HEAD.format(period="2018", published="3 May 2018")
    + """
## Policing the ferries

Requires improvement

Northmoor Police requires improvement in policing the ferries. Ferry officers are sometimes taken off the boats to do
other work.

### Areas for improvement

- The force should make sure that ferry passengers are told where to report a theft on board.

## Keeping the archive

Good

Northmoor Police is good at keeping the archive. Boxes of records were moved from the cellar to a dry store.
"""
)

THIRD = (
    HEAD.format(period="2021/22", published="14 April 2022")
    + """
The grades of this year cannot be compared with those of earlier inspections.

## Policing the ferries

Adequate

Northmoor Police is adequate at policing the ferries. Ferry officers are now routinely taken off the boats to do other
work at weekends.

Gulls nest on the roof of the terminal every spring. In 2018 we found that sniffer training lagged behind.

## Keeping the archive

Good

Northmoor Police is good at keeping the archive. Its dry store is full.

## Treatment of visitors

This area was not graded in this inspection. We do not give a graded judgment in it.
"""
)

PAPER = """# Northmoor Police and Crime Panel 4 June 2019: PEEL 2018 an inspection of Northmoor Police, update report

Body inspected: Northmoor Police

Kind: panel paper

Published: 4 June 2019

## Policing the ferries

The area for improvement in the report was:

*AFI1. The force should make sure that ferry passengers are told where to report a theft on board.*

Posters in four languages now hang on every deck, and the pursers hand out a card with the number to ring.
"""


def write_ferries(folder: Path) -> Path:
    """Write the four documents into a new folder and return it."""
    folder.mkdir(parents=True)
    for name, text in (("first", FIRST), ("second", SECOND), ("third", THIRD), ("paper", PAPER)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
