"""Short forms as a document explains them."""

import pytest

from ingest.acronyms import find_acronyms


def test_a_short_form_in_brackets_belongs_to_the_words_before_it() -> None:
    assert find_acronyms("The night response team (NRT) is small.") == (("NRT", "night response team"),)


def test_a_plural_loses_its_s() -> None:
    assert find_acronyms("It watches organised theft groups (OTGs).") == (("OTG", "organised theft group"),)


def test_small_words_between_are_kept() -> None:
    assert find_acronyms("the Board of Northmoor Inspectors (BNI)") == (("BNI", "Board of Northmoor Inspectors"),)


def test_the_long_form_may_stand_in_the_brackets() -> None:
    assert find_acronyms("They use LAMP (look, ask, mend, praise) daily.") == (("LAMP", "look, ask, mend, praise"),)


def test_the_first_meaning_is_kept() -> None:
    text = "The night response team (NRT) rests. The new radio tower (NRT) hums."
    assert dict(find_acronyms(text)) == {"NRT": "night response team"}


def test_pairs_come_in_the_order_of_their_first_use() -> None:
    text = "The stolen goods unit (SGU) and the night response team (NRT)."
    assert [short for short, _ in find_acronyms(text)] == ["SGU", "NRT"]


def test_words_of_another_sentence_or_paragraph_are_not_taken() -> None:
    assert find_acronyms("Nobody rests there. (NRT)") == ()
    assert find_acronyms("Nobody rests\n\ntoday (NRT)") == ()


def test_letters_that_do_not_fit_give_nothing() -> None:
    assert find_acronyms("The van (XYZ) is new. A note (Annex) follows.") == ()


def test_a_text_without_brackets_has_none() -> None:
    assert find_acronyms("NRT is not explained.") == ()


def pairs(text: str) -> dict[str, str]:
    return dict(find_acronyms(text))


def test_the_short_form_may_come_first() -> None:
    assert pairs("NRT (night response team) rests.") == {"NRT": "night response team"}
    assert pairs("It is called WashUp (washing and scrubbing hours, unit plan).") == {}


def test_letters_inside_words_count_only_where_every_content_word_gives_its_first() -> None:
    assert pairs("All patrols that sweep the lanes (PAL) left.") == {}
    assert pairs("The scheme is StraDA (strengthening and doing all).") == {"StraDA": "strengthening and doing all"}
    assert pairs("The Lamps and Cleaning (LCG) meeting rose.") == {"LCG": "Lamps and Cleaning"}


def test_small_words_may_give_a_letter() -> None:
    assert pairs("the management of rust in lamp ending (MoRiLE)") == {"MoRiLE": "management of rust in lamp ending"}


def test_parts_of_a_compound_may_give_a_letter() -> None:
    assert pairs("wash-house video (WHV), co-ordinating group (CG)") == {
        "WHV": "wash-house video",
        "CG": "co-ordinating group",
    }


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("Safer lamp teams (SLTs) work. A safer lamp team rests.", "safer lamp team"),
        ("Both Senior Lamp Tenders (SLT) left. One Senior Lamp Tender stayed.", "Senior Lamp Tender"),
        ("Six areas for improvement (AFIs).", "area for improvement"),
        ("Senior Lamp Tender's (SLT's) hours. The office of Senior Lamp Tender.", "Senior Lamp Tender's"),
        ("His Majesty's Lamp Services (HMLS) came.", "His Majesty's Lamp Services"),
        ("the stolen goods authorities (SGAs)", "stolen goods authority"),
    ],
)
def test_long_forms_are_kept_in_the_singular_and_without_their_sentences_capital(text: str, long: str) -> None:
    assert list(pairs(text).values()) == [long]


@pytest.mark.parametrize(
    "text",
    [
        "the night response team (‘NRT’)",
        "the night response team (the NRT)",
        "the night response team (known as NRT)",
        "the night response team (NRT; see annex B)",
        "NRT stands for night response team.",
        "Glossary\nNRT – night response team\nOther words",
        "NRT: night response team",
        "Short form: NRT; Meaning: night response team",
    ],
)
def test_definitions_have_many_forms(text: str) -> None:
    assert pairs(text) == {"NRT": "night response team"}


def test_a_number_and_a_letter_may_stand_for_a_list_of_words() -> None:
    assert pairs("It has 3Ls (look, listen and learn) and 2Ms (mend, clean).") == {"3L": "look, listen and learn"}


def test_a_name_in_brackets_is_no_long_form() -> None:
    assert pairs("The new ACC (Anna Smith) came, and WASH (a new plan).") == {}
