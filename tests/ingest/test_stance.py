"""Whether an answer accepts, in part or not, read from the words of the one who answers."""

import pytest

from ingest.document import Kind, Paragraph
from ingest.entries import Basis
from ingest.stance import OPENS_AN_ANSWER, is_decision, stance, status_word

ASKED = "The Board should abolish the night shift and publish its rota."


def paragraph(text: str, number: int = 1) -> Paragraph:
    return Paragraph(f"r#p{number:03d}", text, ((0, len(text)),), Kind.FINDING)


def status(*texts: str, asked: str = ASKED) -> tuple[str, Basis] | None:
    found = stance([paragraph(text, number) for number, text in enumerate(texts)], asked)
    return (found.status, found.basis) if found else None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("The Government accepts this recommendation.", "accepted"),
        ("Accepted.", "accepted"),
        ("Agreed – the rota is out.", "accepted"),
        ("We agree with the Committee’s conclusion.", "accepted"),
        ("The force fully accepts the recommendation, although it will take a year.", "accepted"),
        ("The trust agrees that a rota is needed.", "accepted"),
        ("The Government accepts the recommendation in part.", "partly accepted"),
        ("Accept in principle.", "partly accepted"),
        ("Agree subject to the next budget", "partly accepted"),
        ("We partially accept this.", "partly accepted"),
        ("The Board agrees with this recommendation subject to funding.", "partly accepted"),
        ("We accept the recommendation on rotas. We do not agree that the shift should go.", "partly accepted"),
        ("Accept in full", "accepted"),
        ("Accepted, in full. The rota is out.", "accepted"),
        ("Government response: Partially accept.", "partly accepted"),
        ("Accept – in principle. The shift is under review.", "partly accepted"),
        ("Accepted with modifications.", "partly accepted"),
        ("The Board cannot accept this for small stations. It will be done at all others.", "partly accepted"),
        ("Noted. The Board will think about it.", "noted"),
        ("Noted. We do not accept that the shift should go.", "rejected"),
        ("Not accepted.", "rejected"),
        ("The Government does not agree with the Committee’s view. It agrees that rotas matter.", "rejected"),
        ("We reject this recommendation.", "rejected"),
        ("The force is not persuaded that rotas help.", "rejected"),
        ("We do not believe that it is appropriate to publish a rota.", "rejected"),
        ("The Department has no plans to change the shift.", "rejected"),
    ],
)
def test_the_speakers_own_word_is_the_status(words: str, wanted: str) -> None:
    assert status(words) == (wanted, Basis.STATED)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("The Board agrees that rotas matter. However, a public rota would not be appropriate.", "partly accepted"),
        ("We will consider whether to publish the rota.", "partly accepted"),
        ("We are keeping this recommendation open until the union has answered.", "partly accepted"),
        ("It is not affordable at present, but we agree that sleep matters.", "partly accepted"),
        ("The shift is a matter for each station to decide.", "partly accepted"),
        ("The Board agrees that sleep matters. It will retain the night shift.", "partly accepted"),
        ("The rota has been published.", "accepted"),
        ("This was done on 2 December.", "accepted"),
        ("The Board has rolled out a rota to each station.", "accepted"),
        ("The recommendation has been implemented.", "accepted"),
        ("The Board will publish a rota each month.", "accepted"),
        ("The Board recognises the importance of rotas.", "accepted"),
    ],
)
def test_without_a_plain_word_a_reserve_or_a_deed_is_read_and_marked_as_read(words: str, wanted: str) -> None:
    assert status(words) == (wanted, Basis.READ)


@pytest.mark.parametrize("words", ["Rotas have two columns.", "The station stands by the river."])
def test_words_that_say_nothing_of_it_give_no_status(words: str) -> None:
    assert status(words) is None


def test_silence_gives_no_status() -> None:
    assert stance([]) is None


@pytest.mark.parametrize(
    "words", ["As the Committee agreed, rotas have columns.", "The Inquiry accepts that rotas vary."]
)
def test_agreement_of_those_who_asked_is_not_the_speakers(words: str) -> None:
    assert status(words) is None


def test_keeping_something_is_a_reserve_only_where_the_point_would_end_it() -> None:
    words = "The Board agrees that sleep matters. It will retain the night shift."
    assert status(words, asked="The Board should pay for the night shift.") == ("accepted", Basis.STATED)


def test_a_progress_report_gives_no_status_by_its_deeds() -> None:
    done = [paragraph("The rota has been published.")]
    assert stance(done, ASKED, with_deeds=False) is None
    assert stance([paragraph("The force accepts this recommendation.")], ASKED, with_deeds=False) is not None


def test_points_answered_together_get_the_status_of_the_sentence_that_is_about_them() -> None:
    shift, rota = "The Board should abolish the overnight shift.", "The Board should publish a monthly timetable."
    answer = [
        paragraph("The Board will give careful consideration to the overnight shift."),
        paragraph("It agrees that a monthly timetable is needed.", 2),
    ]
    first, second = stance(answer, shift, [rota]), stance(answer, rota, [shift])
    assert first is not None and second is not None
    assert (first.status, second.status) == ("partly accepted", "accepted")


def test_deeds_that_pass_over_one_of_several_demands_are_part_of_what_was_asked() -> None:
    asked = "We recommend that the Board should review its harbours. We recommend further that a register of sunken boats be printed."
    review = "The Board has commissioned a survey of harbours, and the harbours review ends in May."
    register = "It has published a register that lists all sunken boats."
    assert status(review, asked=asked) == ("partly accepted", Basis.READ)
    assert status(review, register, asked=asked) == ("accepted", Basis.READ)


def test_the_names_of_those_who_ask_and_answer_tie_a_sentence_to_no_point() -> None:
    rules, quay = "We urge the Government to weigh rules for boats.", "Funds should be kept for harbour infrastructure."
    answer = [
        paragraph("It is not a question of rules for boats being ruled out."),
        paragraph("The Government recognises the importance of infrastructure.", 2),
    ]
    found = stance(answer, quay, [rules])
    assert found is not None
    assert found.status == "accepted"


def test_the_proof_is_the_sentence_that_carries_the_status() -> None:
    found = stance([paragraph("Thank you. The Board accepts this recommendation. It is a good one.")])
    assert found is not None
    assert found.text == "The Board accepts this recommendation."


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Accepted", "accepted"),
        ("Not agreed.", "rejected"),
        ("Partially accepted", "partly accepted"),
        ("In progress", "in progress"),
        ("", None),
        ("We have asked the six parishes on the hill where the ice lies", None),
    ],
)
def test_a_status_cell_is_one_of_three_words_or_its_own(cell: str, wanted: str | None) -> None:
    found = status_word(cell)
    assert (found[0] if found else None) == wanted


@pytest.mark.parametrize("words", ["The Government accepts it.", "We do not agree.", "Response: yes"])
def test_an_answer_is_known_by_its_first_words(words: str) -> None:
    assert OPENS_AN_ANSWER.match(words)
    assert not OPENS_AN_ANSWER.match("The stations should be clean.")


@pytest.mark.parametrize("text", ["Accept in full", "Not accepted.", "Government position: accepted in part", "Agreed"])
def test_a_line_that_is_only_a_status_word_is_a_decision(text: str) -> None:
    assert is_decision(text)


@pytest.mark.parametrize("text", ["Acceptance of gifts", "Agreed actions", "Accepted practice in custody"])
def test_a_line_that_names_a_subject_is_none(text: str) -> None:
    assert not is_decision(text)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("We accept recommendation 3. We do not accept recommendation 4.", ("accepted", "rejected")),
        ("We accept recommendation 3, but reject recommendation 4.", ("accepted", "rejected")),
        ("We accept recommendations 3 and 4.", ("accepted", "accepted")),
        ("We accept recommendation 3 and recommendation 4 in principle.", ("accepted", "partly accepted")),
    ],
)
def test_a_sentence_that_names_a_point_counts_for_that_point(words: str, wanted: tuple[str, str]) -> None:
    ask = {"3": "The Board should publish its rota.", "4": "The Board should abolish the shift."}
    found = [
        stance([paragraph(words)], ask[mine], [ask[other]], numbers=[mine, other])
        for mine, other in (("3", "4"), ("4", "3"))
    ]
    assert tuple(each.status if each else None for each in found) == wanted


def test_a_point_that_no_sentence_names_has_what_names_no_other() -> None:
    answer = [paragraph("Recommendation 4 is rejected.", 1), paragraph("We accept the rest of this part.", 2)]
    found = stance(answer, ASKED, ["The Board should do more."], numbers=["3", "4"])
    assert found is not None and (found.status, found.paragraph) == ("accepted", answer[1])
