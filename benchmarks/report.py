"""Turns what was measured into a table and a plot."""

import math
import statistics

from targets import FAMILIES, ROWS

_SCALES = {"wall": ("ms", 1e3), "cpu": ("ms", 1e3), "s": ("ms", 1e3)}


def _values(row, answers, unit=None):
    unit = unit or row.unit
    return [answer[unit] for answer in answers if unit in answer]


def _cell(row, answers):
    """The median and the minimum, in the unit of the row."""
    values = _values(row, answers)
    if not values:
        return "–"
    unit, scale = _SCALES.get(row.unit, (row.unit, 1))
    middle, least = statistics.median(values) * scale, min(values) * scale
    return f"{middle:.4g} ({least:.4g}) {unit}"


def ratio(row, found, other, unit=None):
    """Ours to another's: the median of the ratios within each round.

    A machine that is busy in one round is busy for all contenders. Of rows
    `by_least` it is the ratio of the least times.
    """
    ours = _values(row, found.get("ours", []), unit)
    theirs = _values(row, found.get(other, []), unit)
    if row.by_least and ours and theirs:
        ours, theirs = [min(ours)], [min(theirs)]
    ratios = [one / two for one, two in zip(ours, theirs) if two > 0]
    return statistics.median(ratios) if ratios else None


def _checks(row, found):
    """`(what is, what may be)` of each bar that could be measured."""
    pairs = [
        (ratio(row, found, "published"), row.published),
        (ratio(row, found, "raw"), row.raw),
    ]
    ours = _values(row, found.get("ours", []))
    if ours and row.most is not None:
        pairs.append((statistics.median(ours), row.most))
    return [(value, bar) for value, bar in pairs if None not in (value, bar)]


def agrees(row, found):
    """Whether all contenders of a row ended with the same numbers."""
    results = [
        answers[-1]["result"]
        for answers in found.values()
        if answers and "result" in answers[-1]
    ]
    if row.tolerance is None or not results:
        return True
    size = max(map(abs, results)) or 1.0
    return max(results) - min(results) <= row.tolerance * size


def verdict(row, found):
    """Returns "met", "MISSED", "DIFFERS" (in numbers), or "–": no bar."""
    if not agrees(row, found):
        return "DIFFERS"
    checks = _checks(row, found)
    if not checks:
        return "–"
    return "met" if all(v <= bar for v, bar in checks) else "MISSED"


def _reasons(found):
    for name, answers in found.items():
        reason = answers[-1].get("missing") if answers else None
        if reason not in (None, "no such row"):
            yield f"{name}: {reason}"


def _two(value):
    return "–" if value is None else f"{value:.3g}"


def line(row, found):
    """One line about a row, while it all goes on."""
    cells = [f"{name} {_cell(row, found[name])}" for name in found]
    ratios = [
        f"/{name} {_two(ratio(row, found, name))}"
        for name in found
        if name != "ours"
    ]
    text = [row.name, *cells, *ratios, verdict(row, found), *_reasons(found)]
    return " | ".join(text)


def table(results):
    """A Markdown table of medians (minima), ratios, bars and peak memory."""
    names = list(next(iter(results.values())))
    others = [name for name in names if name != "ours"]
    head = ["row", *names, *(f"ours / {name}" for name in others)]
    head += ["bars", "", "peak MB: ours", "published"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in ROWS:
        found = results.get(row.name)
        if found is None:
            continue
        bars = [f"{row.published or '–'}", f"{row.raw or '–'}"]
        if row.most is not None:
            bars.append(f"≤ {row.most:g} {row.unit}")
        cells = [row.name, *(_cell(row, found.get(n, [])) for n in names)]
        for name in others:
            wall = _two(ratio(row, found, name, "wall"))
            cells.append(f"{_two(ratio(row, found, name))} ({wall})")
        cells += ["; ".join(bars), verdict(row, found)]
        cells += [_peak(found.get(name)) for name in ("ours", "published")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def families(results):
    """A Markdown table of layer families."""
    lines = ["| family | eager | traced | |", "|---|---|---|---|"]
    for family in FAMILIES:
        ratios = [
            _family_ratio(results, family, mode) for mode in ("eager", "traced")
        ]
        known = [value for value in ratios if value is not None]
        if known:
            word = "met" if max(known) <= _FAMILY_BAR else "MISSED"
            cells = " | ".join(map(_two, ratios))
            lines.append(f"| {family} | {cells} | {word} |")
    return "\n".join(lines)


_FAMILY_BAR = 1.05
_ABOUT_FAMILIES = (
    "Ours / published, forward and backward together. One operation takes half "
    "or twice its time as a process's threads fall, so the least times of a "
    f"family's rows are added up. The bar is {_FAMILY_BAR}."
)


def _family_ratio(results, family, mode):
    ours = theirs = 0
    for row in ROWS:
        if row.name not in (
            f"layer_{family}_forward_{mode}",
            f"layer_{family}_backward_{mode}",
        ):
            continue
        found = results.get(row.name, {})
        times = [_values(row, found.get(n, ())) for n in ("ours", "published")]
        if all(times):
            ours, theirs = ours + min(times[0]), theirs + min(times[1])
    return ours / theirs if theirs else None


def _peak(answers):
    peaks = [answer["peak_mb"] for answer in answers or () if "wall" in answer]
    return f"{max(peaks):.0f}" if peaks else "–"


_WIDTH, _LEFT, _STEP = 900, 260, 14


def plot(results):
    """An SVG: for each row our time as a part of the published, log scale."""
    rows = [
        (row, ratio(row, results[row.name], "published"))
        for row in ROWS
        if row.name in results
    ]
    rows = [(row, value) for row, value in rows if value]
    height = _STEP * (len(rows) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" '
        f'height="{height}" font-family="sans-serif" font-size="10">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for tick in (0.001, 0.01, 0.1, 1):
        x = _place(tick)
        parts.append(
            f'<path d="M{x} {_STEP}V{height}" stroke="#ccc"/>'
            f'<text x="{x}" y="{_STEP - 4}" text-anchor="middle">{tick}×</text>'
        )
    for index, (row, value) in enumerate(rows):
        y = _STEP * (index + 2)
        color = (
            "#2a7" if verdict(row, results[row.name]) != "MISSED" else "#c43"
        )
        start, end = _place(0.001), _place(value)
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y}" text-anchor="end">{row.name}</text>'
            f'<rect x="{start}" y="{y - 8}" width="{max(1, end - start):.0f}" '
            f'height="9" fill="{color}"/>'
        )
        if row.published:
            x = _place(row.published)
            parts.append(
                f'<path d="M{x} {y - 10}v13" stroke="black" stroke-width="2"/>'
            )
    return "\n".join([*parts, "</svg>\n"])


def _place(value):
    """Where a ratio stands, from 0.001 to 2 on a logarithmic scale."""
    part = (math.log10(min(2, max(0.001, value))) + 3) / (math.log10(2) + 3)
    return round(_LEFT + part * (_WIDTH - _LEFT - 20))


def write(path, results):
    """Writes the table to a Markdown file and the plot beside it."""
    picture = path.with_suffix(".svg")
    picture.write_text(plot(results))
    rounds = max(len(found["ours"]) for found in results.values())
    reasons = [
        f"- {name}: {reason}"
        for name, found in results.items()
        for reason in _reasons(found)
    ]
    path.write_text(
        "# Results\n\n"
        f"Medians (minima) of up to {rounds} interleaved rounds on one "
        "machine, written by `./benchmark --report`. Times are CPU time of the "
        "process, which other work on the machine disturbs least. A ratio is "
        "the median of those within each round; that of the times on the wall "
        "stands in parentheses. A green bar is our time as a part of the "
        "published wheel's, a black line the bar it has to stay under.\n\n"
        f"![Our time, as a part of the published wheel's]({picture.name})\n\n"
        f"{table(results)}\n\n## Families of layers\n\n{_ABOUT_FAMILIES}\n\n"
        f"{families(results)}\n\n## Not measured\n\n"
        + ("\n".join(reasons) or "Nothing was left out.")
        + "\n"
    )
