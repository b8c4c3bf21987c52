"""The paragraphs that answer a recommendation or area for improvement which the search brought up.

A response need not repeat the words of what it responds to, so the search may find the point and miss what was done
about it. Owns which paragraphs those are. Leaves searching to `index`, and weighing them to `evidence`.
"""

from collections.abc import Mapping, Sequence

from assistant.holdings import Holdings
from index.retriever import Hit

LOOKED_AT = 6  # best hits whose responses are looked for; not tuned
MOST_POINTS = 2  # that a response may answer at once; one to the whole report says little about each point


def said_to(hits: Sequence[Hit], holdings: Holdings) -> Mapping[str, float]:
    """Id of each paragraph that responds to one of the best hits -> the best score of such a hit."""
    points = {
        paragraph.id: point.id
        for point in holdings.register.points
        for paragraph in (*point.paragraphs, *point.repeats)
    }
    responses = [
        response
        for response in holdings.register.responses
        if 0 < len(response.answers) <= MOST_POINTS and holdings.holds(response.paragraphs)
    ]
    saying = {paragraph.id for response in responses for paragraph in response.paragraphs}
    found: dict[str, float] = {}
    for hit in hits[:LOOKED_AT]:
        if hit.paragraph.id in saying:
            continue
        below = _next(hit)
        for response in responses:
            if points.get(hit.paragraph.id) in response.answers or response.paragraphs[0].id == below:
                for paragraph in response.paragraphs:
                    found[paragraph.id] = max(hit.score, found.get(paragraph.id, 0.0))
    return found


def _next(hit: Hit) -> str | None:
    """Id of the citable paragraph that stands below the hit: what answers a point that a paper prints again."""
    paragraphs = list(hit.document.citable())
    places = [place for place, paragraph in enumerate(paragraphs) if paragraph.id == hit.paragraph.id]
    following = paragraphs[places[0] + 1 : places[0] + 2] if places else []
    return following[0].id if following else None
