"""What must hold of every Reading, whatever the format."""

import re
from collections import Counter

from ingest.document import Block, Reading, Role

MARKER = re.compile(r"(?:[^\w\s]+|\(?\w{1,3}(?:\.\d+)*[.)]?)? ?")  # a bullet, a list number or a footnote number


def own(block: Block) -> str:
    """The block's text without its lead-in."""
    return block.text[len(block.lead_in) :].strip()


def brief(reading: Reading, *roles: Role) -> list[tuple[str, str]]:
    """(role, text without lead-in) of each block, or of those with the given roles."""
    return [(str(block.role), own(block)) for block in reading.blocks if not roles or block.role in roles]


def only(reading: Reading, role: Role) -> list[Block]:
    return [block for block in reading.blocks if block.role is role]


def texts(reading: Reading, role: Role) -> list[str]:
    return [block.text for block in only(reading, role)]


def printed(reading: Reading, block: Block, markup: str = r"(?!)") -> str:
    """What the block's pieces hold, in single spaces and without the format's markup."""
    joined = " ".join(reading.text[start:end] for start, end in block.pieces)
    return " ".join(re.sub(markup, "", joined).split())


def assert_pieces_lead_back(reading: Reading, markup: str = r"(?!)") -> None:
    """Each block's pieces hold its own text, after at most a marker; a row's pieces are its cells."""
    for block in reading.blocks:
        shown = printed(reading, block, markup)
        if block.role is Role.ROW:
            assert all(word in block.text for word in shown.replace("•", "").split()), (shown, block.text)
        else:
            assert shown.endswith(own(block)), (shown, block.text)
            assert MARKER.fullmatch(shown.removesuffix(own(block))), (shown, block.text)
        assert block.text == (f"{block.lead_in} {own(block)}" if block.lead_in else own(block))
        assert "  " not in block.text
        assert "\n" not in block.text


def assert_covered_once(reading: Reading, markup: str = r"(?!)") -> None:
    """No visible character is in two blocks, and none in no block unless it is markup."""
    counts = Counter(place for block in reading.blocks for start, end in block.pieces for place in range(start, end))
    assert all(0 <= place < len(reading.text) for place in counts)
    seen = {place: letter for place, letter in enumerate(reading.text) if not letter.isspace()}
    assert not [(place, letter) for place, letter in seen.items() if counts[place] > 1]
    left = "".join(letter if counts[place] == 0 else " " for place, letter in enumerate(reading.text))
    assert not re.sub(markup, "", left).strip(), re.sub(markup, "", left).split()


def assert_holds_all(reading: Reading, visible: str) -> None:
    """Every visible character of the document is in the text."""
    lost = Counter("".join(visible.split())) - Counter("".join(reading.text.split()))
    assert not lost, lost


def assert_sound(reading: Reading, visible: str = "") -> None:
    """All of the above, for formats whose text holds no markup."""
    assert_pieces_lead_back(reading)
    assert_covered_once(reading)
    assert_holds_all(reading, visible)
