"""What is embedded: windows that hold the whole paragraph and fit into the model."""

import pytest
from fakes import document, paragraph
from hypothesis import given
from hypothesis import strategies as st

from index.embedder import MiniLM
from index.passages import HEADER_TOKENS, MAX_TOKENS, Level, header, passages
from index.tokens import count_tokens
from ingest.document import Kind

SENTENCE = (
    "Officers in Northmoor recorded {n} burglaries that winter, and the panel asked why the £{n},400 was unspent."
)
LONG = " ".join(SENTENCE.format(n=n) for n in range(10, 60))


def words_counted(text: str) -> int:
    return len(text.split())


def windows(text: str, kind: Kind = Kind.FINDING) -> list[str]:
    held = document("r", paragraph("r#p001", text, kind))
    return [text[p.start : p.end] for p in passages(held, count_tokens) if p.level is Level.WINDOW]


def test_a_short_paragraph_is_one_window_below_its_title_and_section() -> None:
    held = document("r", paragraph("r#p001", "Calls were lost. Nobody had counted them."))
    found = list(passages(held, count_tokens))
    assert [(p.level, p.text) for p in found] == [
        (
            Level.WINDOW,
            "PEEL 2016: Northmoor Police | Responding to the public\nCalls were lost. Nobody had counted them.",
        ),
        (Level.SENTENCE, "Responding to the public: Nobody had counted them."),
    ]


def test_a_grade_alone_on_its_line_has_only_a_window() -> None:
    held = document("r", paragraph("r#p001", "Requires improvement", Kind.GRADE))
    assert [p.level for p in passages(held, count_tokens)] == [Level.WINDOW]


def test_furniture_and_headings_are_not_embedded() -> None:
    held = document(
        "r", paragraph("r#p001", "Page 4 of 90", Kind.FURNITURE), paragraph("r#p002", "Calls", Kind.HEADING)
    )
    assert not list(passages(held, count_tokens))


def test_the_windows_of_a_long_paragraph_overlap_by_a_sentence_and_hold_all_of_it() -> None:
    cut = windows(LONG)
    assert len(cut) > 5
    for one, following in zip(cut, cut[1:], strict=False):
        assert following.startswith(one[one.rindex("Officers in Northmoor") :])


prose = st.lists(
    st.text(alphabet="abc £1.?! ABC’\n", min_size=1, max_size=120).map(lambda t: " ".join(t.split())).filter(bool),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(prose)
def test_windows_together_hold_every_visible_character(text: str) -> None:
    held = document("r", paragraph("r#p001", text))
    spans = [(p.start, p.end) for p in passages(held, count_tokens) if p.level is Level.WINDOW]
    kept = {place for start, end in spans for place in range(start, end)}
    assert all(place in kept for place, letter in enumerate(text) if letter.strip())


def test_a_header_is_limited_and_drops_outer_headings_first() -> None:
    deep = tuple(f"Heading number {n} with a good many words in it" for n in range(12))
    one = paragraph("r#p001", "Some words.", headings=deep)
    text = header(document("r", one), one, count_tokens)
    assert count_tokens(text) <= HEADER_TOKENS
    assert text.startswith("PEEL 2016") and text.endswith(deep[-1])
    assert deep[0] not in text


def test_a_header_of_one_endless_title_is_cut() -> None:
    one = paragraph("r#p001", "Some words.", headings=())
    assert count_tokens(header(document("r", one, title="word " * 500), one, count_tokens)) <= HEADER_TOKENS


@pytest.mark.parametrize(
    "text", [LONG, "antidisestablishmentarianism " * 300, "£1,234,567.89; " * 200], ids=["prose", "words", "sums"]
)
def test_no_window_exceeds_the_limit_of_tokens(text: str) -> None:
    held = document("r", paragraph("r#p001", text.strip()))
    cut = [p for p in passages(held, count_tokens) if p.level is Level.WINDOW]
    assert cut and all(count_tokens(p.text) <= MAX_TOKENS + 2 for p in cut)  # the line break between them may count


def test_the_models_own_tokenizer_cuts_no_window_of_prose(model: MiniLM) -> None:
    tokenizer = model._model.tokenizer
    held = document("r", paragraph("r#p001", LONG, headings=("Responding to the public", "Calls that were lost")))
    lengths = [len(tokenizer(p.text, verbose=False)["input_ids"]) for p in passages(held, count_tokens)]
    assert model._model.max_seq_length == 256
    assert max(lengths) <= 256
