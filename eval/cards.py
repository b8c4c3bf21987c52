"""The questions of a run as HTML: what was asked, what was said and cited, and what the gold wanted, side by side.

Owns which questions are worst and how one is shown. Leaves the page around them to `page`.
"""

from collections.abc import Mapping, Sequence
from html import escape

from eval.outcome import Outcome, Quoted
from eval.stages import Stage, Trace

WORST = 20
Words = Mapping[str, Mapping[str, str]]  # paragraph id -> {"text", "place"}


def worst(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The questions lost, worst first: what misleads a reader before what leaves him without an answer."""
    return sorted((each for each in outcomes if each.lost), key=_harm)


def _harm(outcome: Outcome) -> tuple[int, float, str]:
    faults = (
        not outcome.verbatim or outcome.dangling > 0,
        outcome.wrong_body,
        outcome.wrong_period,
        outcome.forbidden,
        outcome.number_right is False and not outcome.refused,
        outcome.lost is Stage.ANSWERED,
        not outcome.refused,
    )
    first = next((place for place, is_there in enumerate(faults) if is_there), len(faults))
    return first, outcome.citation_recall or 0.0, outcome.id


def card(outcome: Outcome, trace: Trace | None, words: Words, with_words: bool) -> str:
    """One question. Without words, only its ids and figures."""
    before = "".join(f'<p class="meta">before: {escape(each)}</p>' for each in outcome.conversation)
    facts = ", ".join([outcome.kind, outcome.part, f"{outcome.wording} wording", *outcome.tags])
    sides = f'<div class="sides"><div>{_reply(outcome, words, with_words)}</div><div>{_gold(outcome, words, with_words)}</div></div>'
    return (
        f'<article class="card" id="{escape(outcome.id)}" {_data(outcome)}><p class="meta"><span class="id">{escape(outcome.id)}</span> '
        f'{escape(facts)} · <span class="stage">{_stage(outcome)}</span></p>{before}<h3>{escape(outcome.question)}</h3>'
        f"{sides}{_way(outcome, trace)}</article>"
    )


def line(outcome: Outcome) -> str:
    """One question as a row of a table."""
    return (
        f'<tr {_data(outcome)}><td class="id">{escape(outcome.id)}</td><td>{escape(outcome.question)}</td>'
        f"<td>{escape(outcome.kind)}</td><td>{_stage(outcome)}</td></tr>"
    )


def _data(outcome: Outcome) -> str:
    return f'data-kind="{escape(outcome.kind)}" data-stage="{_stage(outcome)}"'


def _stage(outcome: Outcome) -> str:
    return escape(outcome.lost.value if outcome.lost else "right")


def _reply(outcome: Outcome, words: Words, with_words: bool) -> str:
    head = f"<h3>{'Refused' if outcome.refused else 'Answered'}</h3>"
    if not with_words:
        return f"{head}<p class=id>{escape(', '.join(outcome.cited) or outcome.reason)}</p>"
    if outcome.refused:
        return f"{head}<p>{escape(outcome.answer)}</p>" + _quotes("Nearest", outcome.nearest, words)
    own = [each.text for each in outcome.statements if all(each.text != quoted.quote for quoted in each.citations)]
    said = "".join(f"<p>{escape(text)}</p>" for text in own)
    cited = [quoted for each in outcome.statements for quoted in each.citations]
    return head + said + _quotes("Cited" if own else "In the report's words, as marked", cited, words)


def _quotes(name: str, quotes: Sequence[Quoted], words: Words) -> str:
    """Each paragraph once, with everything that was quoted of it marked."""
    quoted: dict[str, list[str]] = {}
    for each in quotes:
        quoted.setdefault(each.paragraph, []).append(each.quote)
    blocks = "".join(
        f"<blockquote>{_marked(words.get(key, {}).get('text', ''), parts)}<br>{_where(key, words)}</blockquote>"
        for key, parts in quoted.items()
    )
    return f"<h3>{name}</h3>{blocks}" if blocks else ""


def _gold(outcome: Outcome, words: Words, with_words: bool) -> str:
    head = f"<h3>Gold</h3><p>{escape(outcome.gold_answer)}</p>"
    if not outcome.groups:
        return head
    blocks = []
    for number, group in enumerate(outcome.groups, start=1):
        state = "cited" if set(group) & set(outcome.cited) else "not cited"
        text = escape(words.get(group[0], {}).get("text", "")) + "<br>" if with_words else ""
        others = f" or {escape(', '.join(group[1:]))}" if len(group) > 1 else ""
        blocks.append(
            f'<blockquote class="gold">{text}{_where(group[0], words)}<span class="id">{others} · evidence {number}, {state}</span></blockquote>'
        )
    return head + "".join(blocks)


def _where(paragraph: str, words: Words) -> str:
    place = words.get(paragraph, {}).get("place", "")
    named = f' <span class="place">{escape(place)}</span>' if place else ""
    return f'<span class="id">{escape(paragraph)}</span>{named}'


def _marked(text: str, quotes: Sequence[str]) -> str:
    """The text with each quote marked where it first stands; quotes that are not in it, after it."""
    spans = sorted({(text.index(quote), text.index(quote) + len(quote)) for quote in quotes if quote in text})
    shown, place = list[str](), 0
    for start, end in spans:
        if start >= place:
            shown.append(f"{escape(text[place:start])}<mark>{escape(text[start:end])}</mark>")
            place = end
    missing = [
        f"<br><mark>{escape(quote)}</mark> (not in the paragraph)"
        for quote in dict.fromkeys(quotes)
        if quote not in text
    ]
    return "".join([*shown, escape(text[place:]), *missing])


def _way(outcome: Outcome, trace: Trace | None) -> str:
    if trace is None:
        return ""
    gold = {key for group in outcome.groups for key in group}
    places = [str(place) for place, (key, _) in enumerate(trace.found, start=1) if key in gold]
    facts = [
        f"searched for “{escape(trace.subject)}”",
        f"gold found at {', '.join(places)}" if places else ("gold not among the paragraphs found" if gold else ""),
        f"chose {escape(', '.join(key for key, _ in trace.chosen))}" if trace.chosen else "",
        f"stopped: {escape(trace.shortfall)}" if trace.shortfall else "",
        f"confidence {trace.confidence:+.2f}" if trace.confidence is not None else "",
    ]
    return f'<p class="meta">{" · ".join(each for each in facts if each)}</p>'
