"""Who speaks in each paragraph of invented papers; the marked sample of the published reports is at the end."""

import hashlib
import json
import os
from functools import cache
from pathlib import Path

import pytest

from ingest.corpus import SourceFile, read_document
from ingest.document import Document, Paragraph, Speaker

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "reading" / "speakers.jsonl"
FOLDER = Path(os.environ.get("PUBLISHED_REPORTS") or "no folder named")


def heard(folder: Path, source: str, name: str = "paper.md") -> dict[str, Speaker]:
    """The speaker of each citable paragraph, by its first three words."""
    path = folder / name
    path.write_text(source, encoding="utf-8")
    document = read_document(SourceFile(path, hashlib.sha256(source.encode()).hexdigest()))
    return {" ".join(each.own_text.split()[:3]): each.speaker for each in document.citable()}


OTHER_REPORT = """# Northmoor Ambulance Trust: an inspection

## Calls

The trust covers 40 square miles and 3,000 people.

Boat trusts in England answer many calls.

The law gives nobody the power to sink a boat.

The trust says that its boats are dry.

According to the trust, oars are dear.

In the trust's view it rows well.

The chair of the harbour board told us that rowing is fun.

Rowers were slow, at 40 minutes, compared with a national target of 20 minutes.

One rower put it this way: "You learn who rows, and you learn it soon."

Our grades cannot be compared with those of 2012.

By law a rower must wear a vest.

Northmoor is a charity on the edge of the sea.

“I rang on the Monday and it rained,” a rower told us.

The governor maintained that oars had been lent.
"""


def test_what_a_body_of_any_kind_says_is_told_from_findings_law_and_the_country(tmp_path: Path) -> None:
    found = heard(tmp_path, OTHER_REPORT)
    assert [speaker.name for speaker in found.values()] == [
        "CONTEXT", "CONTEXT", "CONTEXT", "BODY", "BODY", "BODY", "BODY", "INSPECTOR", "QUOTATION", "CONTEXT",
        "CONTEXT", "CONTEXT", "QUOTATION", "BODY",
    ]  # fmt: skip


REPORT = """# PEEL 2016: an inspection of Northmoor Police

## Introduction

We inspected how Northmoor Police keeps its cells.

## Custody

Good

Northmoor Police is good at keeping its cells.

The cells are clean, and officers wash them every day.

We found a mop in every cell.

The force told us that it will buy more mops.

The force told us that it had enough mops, but we found none.

The police and crime commissioner said that mops are dear.

All forces in England and Wales own mops.

In this section we set out our main findings on cells.

“I have never seen so clean a cell.”

### Areas for improvement

The force should:

- wash its windows every month of the year; and
- mend its doors before the winter comes.

## Annex A

Clean means free of dust.
"""


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("We inspected how", Speaker.CONTEXT),
        ("Good", Speaker.INSPECTOR),
        ("Northmoor Police is", Speaker.INSPECTOR),
        ("The cells are", Speaker.INSPECTOR),
        ("We found a", Speaker.INSPECTOR),
        ("The police and", Speaker.COMMISSIONER),
        ("All forces in", Speaker.CONTEXT),
        ("In this section", Speaker.CONTEXT),
        ("“I have never", Speaker.QUOTATION),
        ("wash its windows", Speaker.RECOMMENDATION),
        ("The force should:", Speaker.RECOMMENDATION),
        ("Clean means free", Speaker.CONTEXT),
    ],
)
def test_in_a_report_of_inspectors(tmp_path: Path, words: str, speaker: Speaker) -> None:
    assert heard(tmp_path, REPORT)[words] is speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Forces should keep a mop in every cell of theirs.", Speaker.CONTEXT),
        ("When a visitor calls at a cell, it is important that he is heard.", Speaker.CONTEXT),
        ("We looked at how well the force washes its cells.", Speaker.CONTEXT),
        ("This inspection only considered cells. The force has clean ones.", Speaker.INSPECTOR),
        ("We now inspect how forces keep mops.", Speaker.CONTEXT),
        ("Figure 2 shows mops in Northmoor beside those of other places.", Speaker.CONTEXT),
        ("Figure 2 shows that Northmoor has 12 percent of all mops.", Speaker.INSPECTOR),
        ("The workforce reported that mops are dear.", Speaker.INSPECTOR),
        ("National threats ask forces to share mops. We examined the cupboards.", Speaker.CONTEXT),
        ("All forces have mops, and Northmoor has most.", Speaker.INSPECTOR),
        ("We now inspect mops county by county, rather than each force by itself.", Speaker.CONTEXT),
        (
            "Mops differ in England. For these reasons, HMIC has recommended that one mop be used.",
            Speaker.RECOMMENDATION,
        ),
        ("In 2014 we recommended that the force buy a mop. It has bought none.", Speaker.INSPECTOR),
    ],
)
def test_method_and_standards_are_told_from_what_was_found(tmp_path: Path, sentence: str, speaker: Speaker) -> None:
    source = REPORT.replace("The cells are clean, and officers wash them every day.", sentence)
    assert heard(tmp_path, source)[" ".join(sentence.split()[:3])] is speaker


def test_what_the_body_told_inspectors_is_its_claim_unless_they_say_what_they_found(tmp_path: Path) -> None:
    lone = heard(tmp_path, REPORT.replace("The force told us that it had enough mops, but we found none.\n\n", ""))
    assert lone["The force told"] is Speaker.BODY
    mixed = heard(tmp_path, REPORT.replace("The force told us that it will buy more mops.\n\n", ""))
    assert mixed["The force told"] is Speaker.INSPECTOR


PAPER = """# Northmoor Police and Crime Panel 18 June 2019

## Purpose

1. This report tells the panel about the cells.

## Cells

2. There were two AFIs identified in this area:

*AFI1. The force should wash its cells every day.*

3. Mops have been bought, and cells are washed at dawn.

*Windows are to be washed as well.*

4. Northmoor has bought a ladder for its windows.

5. Under the new plan, all forces are inspected every second year.

## Commissioner's oversight

6. Meetings are held every month.

## Contact points

7. Anna Smith, harbour hall.
"""


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("This report tells", Speaker.PUBLISHER),
        ("There were two", Speaker.PUBLISHER),
        ("AFI1. The force", Speaker.QUOTATION),
        ("Mops have been", Speaker.BODY),
        ("Windows are to", Speaker.QUOTATION),
        ("Northmoor has bought", Speaker.BODY),
        ("Meetings are held", Speaker.COMMISSIONER),
        ("Anna Smith, harbour", Speaker.PUBLISHER),
    ],
)
def test_in_a_panel_paper(tmp_path: Path, words: str, speaker: Speaker) -> None:
    assert heard(tmp_path, PAPER)[words] is speaker


TRACKER = """PEEL 2016: Northmoor Police

Cause of concern

The cells of Northmoor Police are a risk to those in them.

The force should immediately: • wash its cells every day of the week; and • mend its doors before the winter comes.

[on]3 May 2016 [status]open[/status] [/on]
[on]4 May 2016 [comment]Mops have been bought since the inspection.[/comment] [/on]
[on]5 June 2016 [comment]The PCC has asked for monthly lists of mops.[/comment] [/on]
[on]6 July 2016 [comment]Cells look cleaner now.

This will be reassessed through a further inspection.[/comment] [/on]
[on]7 July 2016 [comment]Force update: HMIC has now seen our mops.[/comment] [/on]
"""


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The cells of", Speaker.INSPECTOR),
        ("wash its cells", Speaker.RECOMMENDATION),
        ("3 May 2016:", Speaker.PUBLISHER),
        ("Mops have been", Speaker.BODY),
        ("The PCC has", Speaker.COMMISSIONER),
        ("Cells look cleaner", Speaker.INSPECTOR),
        ("This will be", Speaker.INSPECTOR),
        ("Force update: HMIC", Speaker.BODY),
    ],
)
def test_in_a_tracker_a_comment_has_one_author(tmp_path: Path, words: str, speaker: Speaker) -> None:
    assert heard(tmp_path, TRACKER, "tracker.txt")[words] is speaker


ANSWER = """# {who} response to the report on lighthouses

Lamps matter to everybody.

## Recommendation 1

Lamps should be lit at dusk.

### Response

We accept this and have bought oil.
"""


@pytest.mark.parametrize(
    ("who", "speaker"),
    [
        ("Government", Speaker.PUBLISHER),
        ("Northmoor Police’s", Speaker.BODY),
        ("Police and Crime Commissioner’s", Speaker.COMMISSIONER),
    ],
)
def test_a_response_speaks_for_its_author_and_repeats_what_it_answers(
    tmp_path: Path, who: str, speaker: Speaker
) -> None:
    found = heard(tmp_path, ANSWER.replace("{who}", who))
    assert found["Lamps should be"] is Speaker.QUOTATION
    assert (found["Lamps matter to"], found["We accept this"]) == (speaker, speaker)


def test_a_response_without_headings_of_its_own_answers_where_it_no_longer_asks(tmp_path: Path) -> None:
    lines = [
        "# Government response to the report on lighthouses",
        "## Inquiry recommendation 4",
        "Every lighthouse should have a spare lamp.",
        "The board should tell us where they are:",
        "- under the stairs of the tower, in the dry; or",
        "- in the boat house below the cliff.",
        "Spare lamps are bought each spring.",
        "We have bought nine of them.",
        "## Recommendation 5",
        "We urge the board to buy oil.",
        "The Government accepts this and should be done by June.",
    ]
    found = heard(tmp_path, "\n\n".join(lines).replace("dry; or\n\n-", "dry; or\n-"))
    said = [speaker.value for speaker in found.values()]
    assert said == ["quotation"] * 4 + ["publisher"] * 2 + ["quotation", "publisher"]


def test_an_inquiry_speaks_for_itself_and_asks(tmp_path: Path) -> None:
    source = "# The Saltby Lighthouse Inquiry\n\nLamps went out at dusk.\n\n“It was dark.”\n\nRecommendation 1: The board should light its lamps.\n"
    found = heard(tmp_path, source)
    assert found["Lamps went out"] is Speaker.PUBLISHER
    assert found["“It was dark.”"] is Speaker.QUOTATION
    assert found["Recommendation 1: The"] is Speaker.RECOMMENDATION


def test_headings_and_furniture_have_no_speaker(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    document = read_document(SourceFile(path, "0"))
    aside = [each for each in document.paragraphs if not each.is_citable]
    assert aside and {each.speaker for each in aside} == {Speaker.CONTEXT}


# --- the published reports ---------------------------------------------------------------------------------------------


@cache
def published(document_id: str) -> Document:
    path = next(path for path in FOLDER.glob("*.txt") if path.stem.replace("_", "-") == document_id)
    return read_document(SourceFile(path, hashlib.sha256(path.read_bytes()).hexdigest()))


def marked(sample: str) -> list[dict[str, object]]:
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["sample"] == sample]


def at(document: Document, start: int, end: int, paragraph_id: str) -> Paragraph | None:
    """The paragraph marked: by its place, and by its id where several share one place."""
    there = [each for each in document.paragraphs if (each.start, each.end) == (start, end)]
    return next((each for each in there if each.id == paragraph_id), there[0] if there else None)


@pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published reports are not here: set PUBLISHED_REPORTS to their folder"
)
@pytest.mark.parametrize(("sample", "size"), [("dev", 100), ("check", 60), ("third", 60), ("fourth", 60)])
def test_98_of_100_marked_paragraphs_have_the_speaker_that_a_reader_gave_them(sample: str, size: int) -> None:
    records = marked(sample)
    assert len(records) == size
    found = [
        (record, at(published(str(record["document"])), record["start"], record["end"], str(record["id"])))  # type: ignore[arg-type]  # offsets
        for record in records
    ]
    right = [record for record, paragraph in found if paragraph and paragraph.speaker == record["speaker"]]
    assert len(right) >= 0.98 * size


def test_what_the_inspectorate_did_is_its_own_also_in_a_panel_paper(tmp_path: Path) -> None:
    paper = (
        "# NORTHMOOR POLICE AND CRIME PANEL 4 JUNE 2018\n\n## INSPECTION OF NORTHMOOR POLICE 2016 – UPDATE REPORT\n\n"
        "## The inspection\n\n2. In the spring of 2018 HMICFRS began a round of visits to Northmoor Police.\n\n"
        "3. Northmoor Police gave HMICFRS the keys.\n"
    )
    found = heard(tmp_path, paper)
    assert (found["In the spring"], found["Northmoor Police gave"]) == (Speaker.INSPECTOR, Speaker.BODY)


def test_what_staff_told_the_inspectors_is_evidence_also_beside_a_word_on_the_country(tmp_path: Path) -> None:
    told = "Gaolers are tired. Officers told us that they are new. The national rise in numbers has brought many such."
    national = "The national rise in numbers has brought many new gaolers."
    found = heard(
        tmp_path, f"# PEEL 2016: an inspection of Northmoor Police\n\n## Custody\n\nGood\n\n{told}\n\n{national}\n"
    )
    assert (found["Gaolers are tired."], found["The national rise"]) == (Speaker.INSPECTOR, Speaker.CONTEXT)
