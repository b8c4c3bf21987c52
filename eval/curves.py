"""Curves and bars as SVG text that a page holds inline: no script, no font, no network, and black on white in print.

Owns drawing. Leaves which numbers are drawn to `page`.
"""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 340, 190  # of a chart, in CSS pixels
LEFT, BOTTOM, TOP, RIGHT = 42, 34, 10, 12

QUARTERS = (0, 0.25, 0.5, 0.75, 1)

Points = Sequence[tuple[float, float]]


def chart(
    title: str,
    across: str,
    up: str,
    points: Points,
    right: float,
    top: float,
    step: bool = False,
    ticks: Sequence[float] = (),
) -> str:
    """A line through `points` in a frame from 0 to `right` and 0 to `top`, both in percent when they are 1.

    `step` keeps each height until the next point, as a distribution does. `ticks` are named below; quarters by default.
    """
    if not points:
        return ""
    below = "".join(_across(value, right) for value in ticks or [share * right for share in QUARTERS])
    beside = "".join(_up(share * top, top) for share in QUARTERS)
    path = _path(points, right, top, step)
    marks = "" if len(points) > 12 else "".join(_mark(x, y, right, top) for x, y in points)
    return (
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}: {escape(_words(points, right, top))}">'
        f'{beside}{below}<path class="line" d="{path}"/>{marks}'
        f'<text class="axis" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 3}" text-anchor="middle">{escape(across)}</text>'
        f'<text class="axis" x="11" y="{(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 11 {(TOP + HEIGHT - BOTTOM) / 2})">{escape(up)}</text></svg></figure>'
    )


def round_up(value: float) -> float:
    """The least of 2, 4 and 8 times a power of ten that is not below `value`, so that its quarters read well; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(each for each in (2 * power, 4 * power, 8 * power, 20 * power) if each >= value)


def interval(value: float, low: float | None, high: float | None) -> str:
    """A share in [0, 1] as a dot with its interval as a bar, on a line from 0 to 1."""
    bar = (
        f'<rect class="band" x="{160 * low:.1f}" y="3" width="{160 * (high - low):.1f}" height="8"/>'
        if low is not None and high is not None
        else ""
    )
    return (
        '<svg class="interval" viewBox="-3 0 166 14" aria-hidden="true"><line class="grid" x1="0" x2="160" y1="7" y2="7"/>'
        f'{bar}<circle class="dot" cx="{160 * value:.1f}" cy="7" r="3"/></svg>'
    )


def bar(count: int, most: int) -> str:
    """A bar as long as `count` is of `most`."""
    length = 160 * count / max(1, most)
    return f'<svg class="interval" viewBox="0 0 160 14" aria-hidden="true"><rect class="band" x="0" y="2" width="{length:.1f}" height="10"/></svg>'


def _x(value: float, right: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, value / right)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(1.0, value / top)


def _path(points: Points, right: float, top: float, step: bool) -> str:
    parts, before = list[str](), None
    for x, y in points:
        if before is None:
            parts.append(f"M{_x(x, right):.1f} {_y(y, top):.1f}")
        else:
            parts.append(f"H{_x(x, right):.1f}V{_y(y, top):.1f}" if step else f"L{_x(x, right):.1f} {_y(y, top):.1f}")
        before = y
    return "".join(parts)


def _mark(x: float, y: float, right: float, top: float) -> str:
    return f'<circle class="dot" cx="{_x(x, right):.1f}" cy="{_y(y, top):.1f}" r="3"/>'


def _up(value: float, top: float) -> str:
    y = _y(value, top)
    return (
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="tick" x="{LEFT - 4}" y="{y + 3:.1f}" text-anchor="end">{_label(value, top)}</text>'
    )


def _across(value: float, right: float) -> str:
    return f'<text class="tick" x="{_x(value, right):.1f}" y="{HEIGHT - BOTTOM + 13}" text-anchor="middle">{_label(value, right)}</text>'


def _label(value: float, most: float) -> str:
    return f"{value:.0%}" if most == 1 else f"{value:.2g}"


def _words(points: Points, right: float, top: float) -> str:
    some = points if len(points) <= 6 else [points[at * (len(points) - 1) // 5] for at in range(6)]
    return "; ".join(f"{_label(x, right)} {_label(y, top)}" for x, y in some)
