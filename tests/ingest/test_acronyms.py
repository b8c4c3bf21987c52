"""Short forms as a document explains them."""

from ingest.acronyms import find_acronyms


def test_a_short_form_in_brackets_belongs_to_the_words_before_it() -> None:
    assert find_acronyms("The night response team (NRT) is small.") == (("NRT", "night response team"),)


def test_a_plural_loses_its_s() -> None:
    assert find_acronyms("It watches organised theft groups (OTGs).") == (("OTG", "organised theft groups"),)


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
