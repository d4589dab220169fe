"""What tuning looks at, over a tiny corpus: labels, weights, reasons to decline."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import refusals, weigh
from bench.tuning import Look, looks
from rag import assemble
from rag.reasons import Reason
from rag.settings import Settings


@pytest.fixture
def seen(corpus: Path, golden: Path) -> tuple[Look, ...]:
    return tuple(looks((corpus, corpus / "nowhere"), golden / "development.jsonl"))


def test_every_question_is_looked_at_in_each_corpus_that_exists(seen: tuple[Look, ...]) -> None:
    assert [look.expected.id for look in seen] == ["p1", "p2", "o1", "o2", "l1", "n1"]
    assert all(look.candidates for look in seen)


def test_an_index_that_is_there_is_used_again(corpus: Path, golden: Path, tmp_path: Path, seen: tuple[Look, ...]) -> None:
    data_dir = tmp_path / "kept"
    assemble.build_index(Settings(data_dir=data_dir), (corpus,))
    built = sorted(data_dir.rglob("*"))
    again = tuple(looks((corpus,), golden / "development.jsonl", {corpus: data_dir}))
    assert [look.verdict for look in again] == [look.verdict for look in seen]
    assert sorted(data_dir.rglob("*")) == built


def test_a_candidate_is_right_when_it_holds_what_was_expected(seen: tuple[Look, ...]) -> None:
    found = {look.expected.id: (look, group) for look, group in weigh.groups(iter(seen))}
    assert list(found) == ["p1", "p2", "o1", "o2"]  # one statement answers these; the list and the refusal are left out
    for name, said in (("p1", "412"), ("p2", "2.5"), ("o1", "罗阿妹"), ("o2", "86")):
        look, group = found[name]
        right = [candidate.reading for candidate, good in zip(look.candidates, group.right, strict=True) if good]
        assert right
        assert all(said in reading for reading in right)
        assert group.rows.shape == (len(look.candidates), len(weigh.COLUMNS))


def test_weigh_prints_a_weight_for_every_column(corpus: Path, golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert weigh.main((str(corpus), "--golden", str(golden / "development.jsonl"))) == 0
    told = capsys.readouterr().out
    assert "4 questions, 4 of them different" in told
    assert "as they are" in told
    assert all(f'"{column}": ' in told for column in weigh.COLUMNS)


def test_each_reason_is_counted_apart_for_questions_with_and_without_an_answer(seen: tuple[Look, ...]) -> None:
    counted = refusals.count(seen)
    assert [fired.reason for fired in counted] == [*Reason, None]
    assert sum(fired.refuse for fired in counted) == 1
    assert sum(fired.answerable for fired in counted) == 5
    assert next(fired for fired in counted if fired.reason is Reason.NOTHING).refuse == 1


def test_a_reason_that_never_fired_is_neither_right_nor_wrong() -> None:
    assert refusals.Fired(Reason.YEAR, 0, 0).right is None
    assert refusals.Fired(Reason.YEAR, 1, 3).right == 0.75
    assert refusals.Fired(None, 9, 1).right == 0.9


def test_refusals_prints_every_reason(corpus: Path, golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusals.main((str(corpus), "--golden", str(golden / "development.jsonl"))) == 0
    told = capsys.readouterr().out
    assert all(reason in told for reason in Reason)
    assert "enough" in told
