"""How what was measured reads in a README: tables with their targets, and a line for each target that is missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence

from bench.measure import Measured
from bench.plan import TARGETS, Corpus, Measure, Target
from bench.words import WORDS, Words

__all__ = ["LANGUAGES", "report"]

LANGUAGES = tuple(WORDS)
_SHARES = (
    Measure.ANSWERABLE,
    Measure.ALL,
    Measure.SUPPORT,
    Measure.CARRIED,
    Measure.REFUSAL_PRECISION,
    Measure.REFUSAL_RECALL,
    Measure.DECLINED,
)
_SPEED = (Measure.READY, Measure.P50, Measure.P95, Measure.MEMORY, Measure.FIRST_INDEX, Measure.FIRST_START)


def report(measured: Measured, language: str) -> str:
    """Markdown in that language: quality, speed, what is missed, accuracy by kind."""
    words = WORDS[language]
    parts = [
        _table(_quality(measured, words)),
        _table(_speed(measured, words)),
        "\n".join(f"- {line}" for line in _missed(measured, words)) or words.none_missed,
        words.by_kind,
        _table(_kinds(measured, words)),
        words.measured_on.format(
            cores=os.cpu_count(), machine=f"{platform.system()} {platform.machine()}", python=platform.python_version()
        ),
    ]
    return "\n\n".join(parts)


def _quality(measured: Measured, words: Words) -> Iterator[Sequence[str]]:
    heads = [words.column.format(corpus=words.corpora[c], half=words.halves[h]) for c, h in measured.quality]
    counts = [words.asked.format(asked=figures.asked) for figures in measured.quality.values()]
    corpora = list(dict.fromkeys(corpus for corpus, _ in measured.quality))
    yield words.share, words.target, *(f"{head}{count}" for head, count in zip(heads, counts, strict=True))
    for measure in _SHARES:
        targets = list(dict.fromkeys(_shown(measure, TARGETS.get((measure, corpus)), words) for corpus in corpora))
        values = [_value(measure, figures.shares[measure], words) for figures in measured.quality.values()]
        yield words.measures[measure], " / ".join(target for target in targets if target != "–") or "–", *values
    lengths = [f"{figures.length:.0f}" for figures in measured.quality.values()]
    yield words.measures[Measure.LENGTH], _shown(Measure.LENGTH, TARGETS[Measure.LENGTH, Corpus.DIGESTS], words), *lengths


def _speed(measured: Measured, words: Words) -> Iterator[Sequence[str]]:
    yield words.speed, words.target, words.value
    for measure in _SPEED:
        name = words.measures[measure].format(asked=measured.asked_over_http)
        target = _shown(measure, TARGETS.get((measure, Corpus.DIGESTS)), words)
        yield name, target, _value(measure, measured.speed[measure], words)


def _kinds(measured: Measured, words: Words) -> Iterator[Sequence[str]]:
    boards = [{kind: (right, asked) for kind, asked, right in figures.kinds} for figures in measured.quality.values()]
    yield words.kind, *(words.column.format(corpus=words.corpora[c], half=words.halves[h]) for c, h in measured.quality)
    for kind in sorted({kind for board in boards for kind in board}, key=lambda kind: -_asked(boards, kind)):
        yield words.kinds.get(kind, kind), *("/".join(map(str, board[kind])) if kind in board else "–" for board in boards)


def _asked(boards: Sequence[Mapping[str, tuple[int, int]]], kind: str) -> int:
    return sum(board[kind][1] for board in boards if kind in board)


def _missed(measured: Measured, words: Words) -> Iterator[str]:
    """Each share over each half of the questions, each time, where it falls short of its target."""
    for (measure, corpus), target in TARGETS.items():
        shown = _shown(measure, target, words)
        if measure in measured.speed:
            value = measured.speed[measure]
            if value is not None and target.missed_by(value):
                name = words.measures[measure].format(asked=measured.asked_over_http)
                yield words.missed.format(what=name, values=_value(measure, value, words), target=shown)
            continue
        short = [
            f"{words.halves[half]} {_value(measure, figures.shares[measure], words)}"
            for (over, half), figures in measured.quality.items()
            if over is corpus and measure in figures.shares and target.missed_by(figures.shares[measure])
        ]
        if short:
            what = words.over.format(corpus=words.corpora[corpus], measure=words.measures[measure])
            yield words.missed.format(what=what, values=words.comma.join(short), target=shown)


def _shown(measure: Measure, target: Target | None, words: Words) -> str:
    if target is None:
        return "–"
    if target.share and target.value >= 1:
        return _value(measure, target.value, words)
    least = target.share and not target.at_most
    return f"{words.at_least if least else words.at_most} {_value(measure, target.value, words)}"


def _value(measure: Measure, value: float | None, words: Words) -> str:
    if value is None:
        return "–"
    if measure in _SHARES:
        return f"{value:.1%}"
    if measure is Measure.LENGTH:
        return f"{value:.0f}"
    if measure is Measure.MEMORY:
        return f"{value / 1e6:,.0f} MB"
    return f"{value * 1000:.0f} {words.ms}" if measure in (Measure.P50, Measure.P95) else f"{value:.1f} {words.seconds}"


def _table(rows: Iterator[Sequence[str]]) -> str:
    head, *others = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *others))
