"""Pictures drawn on the server as SVG: lines, steps and bands over time. Pure; colours stand in the style sheet."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDE, HIGH = 960, 330
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 44
_LINES_OF_SCALE = 5


@dataclass(frozen=True)
class Line:
    """One line of a picture: its name, which of the line styles it has, and a value at each place."""

    name: str
    style: int
    values: Sequence[float]
    steps: bool = False


@dataclass(frozen=True)
class Band:
    """What lies between two values at each place."""

    low: Sequence[float]
    high: Sequence[float]


def picture(
    key: str, title: str, told: str, lines: Sequence[Line], marks: Sequence[tuple[int, str]], band: Band | None = None
) -> SafeString:
    """The picture with its title and what it tells in words, for those who do not see it. `marks` label places."""
    count = max((len(line.values) for line in lines), default=0)
    most = _top(
        max([max(line.values, default=0.0) for line in lines] + ([max(band.high)] if band else []), default=1.0)
    )
    scale = _Scale(max(count, 1), most)
    parts = [*_frame(scale, marks), *([_area(scale, band)] if band else []), *(_line(scale, one) for one in lines)]
    head = (
        f'<svg class="plan-picture" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(told)}</desc>'
    )
    return mark_safe(head + "".join(parts) + "</svg>")  # noqa: S308 (words are escaped, the rest are numbers)


@dataclass(frozen=True)
class _Scale:
    count: int
    most: float

    def x(self, place: float) -> float:
        return round(LEFT + (WIDE - LEFT - RIGHT) * place / self.count, 1)

    def y(self, value: float) -> float:
        return round(HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * value / self.most, 1)


def _top(value: float) -> float:
    """The next round number above."""
    if value <= 0:
        return 1.0
    step = 10 ** math.floor(math.log10(value))
    return float(next(step * factor for factor in (1, 2, 2.5, 5, 10) if step * factor >= value))


def _frame(scale: _Scale, marks: Sequence[tuple[int, str]]) -> Iterator[str]:
    for number in range(_LINES_OF_SCALE + 1):
        value = scale.most * number / _LINES_OF_SCALE
        y = scale.y(value)
        yield f'<line class="plan-grid" x1="{LEFT}" y1="{y}" x2="{WIDE - RIGHT}" y2="{y}"/>'
        yield f'<text class="plan-scale" x="{LEFT - 8}" y="{y + 5}" text-anchor="end">{value:g}</text>'
    for place, name in marks:
        x = scale.x(place)
        yield f'<line class="plan-mark" x1="{x}" y1="{TOP}" x2="{x}" y2="{HIGH - BOTTOM + 6}"/>'
        yield f'<text class="plan-scale" x="{x + 4}" y="{HIGH - BOTTOM + 24}">{escape(name)}</text>'


def _line(scale: _Scale, line: Line) -> str:
    points = []
    for place, value in enumerate(line.values):
        if line.steps:
            points += [(scale.x(place), scale.y(value)), (scale.x(place + 1), scale.y(value))]
        else:
            points.append((scale.x(place + 0.5), scale.y(value)))
    path = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline class="plan-line plan-line-{line.style}" points="{path}"/>'


def _area(scale: _Scale, band: Band) -> str:
    over = [(scale.x(place + 0.5), scale.y(value)) for place, value in enumerate(band.high)]
    under = [(scale.x(place + 0.5), scale.y(value)) for place, value in enumerate(band.low)]
    path = " ".join(f"{x},{y}" for x, y in [*over, *reversed(under)])
    return f'<polygon class="plan-band" points="{path}"/>'
