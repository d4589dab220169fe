"""The judge finds every fault of an answer, and an evaluation file that cannot be used names the line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span
from rag.bot import Bot
from rag.evaluate import EvaluationError, Expected, Scoreboard, evaluate, judge, questions
from rag.types import Answer, Ask, Citation

TEXT = "岚芝有药师1,240名，占62.5％。护士另有15名。"
REFUSAL = Answer("？", "？", False, "资料里没有。")


def cited(words: str, text: str = TEXT) -> Citation:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    document = Document("heron", text, (block,), Meta("白鹭月报", source="heron.txt"))
    start = text.index(words)
    return Citation(1, Passage(Section(document, (), None, (block,)), block.span), Span(start, start + len(words)))


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("？", "？", True, text, citations)


def expected(
    *must: tuple[str, ...], deny: tuple[str, ...] = (), source: tuple[str, ...] = (), refuse: bool = False, most: int = 320
) -> Expected:
    return Expected("1", "figure", Ask("？"), must, deny, source, refuse, most)


RIGHT = answer("岚芝有药师1,240名。[1]", cited("岚芝有药师1,240名"))


@pytest.mark.parametrize(
    "wanted",
    [
        expected(("1,240",), source=("heron.txt",)),
        expected(("１２４０",), source=("heron.txt", "qinglan.txt")),
        expected(("药剂师", "藥師"), ("1240名",), source=("heron.txt",)),
        expected(deny=("240", "15")),
        expected(),
    ],
)
def test_a_right_answer_has_no_fault(wanted: Expected) -> None:
    assert judge(wanted, RIGHT) == ""


@pytest.mark.parametrize(
    ("wanted", "given_", "fault"),
    [
        (expected(("1240",)), REFUSAL, "refused"),
        (expected(refuse=True), RIGHT, "answered"),
        (expected(("62.5%",)), RIGHT, "misses 62.5%"),
        (expected(("1240",), ("护士", "nurse")), RIGHT, "misses 护士 / nurse"),
        (expected(("1240",), deny=("岚芝",)), RIGHT, "says 岚芝"),
        (expected(("1240",), most=5), RIGHT, "5 allowed"),
        (expected(("1240",), source=("qinglan.txt",)), RIGHT, "none of the sources"),
        (
            expected(("1240",), source=("heron.txt",)),
            answer("有1240名[1]", cited("护士另有15名")),
            "no citation that carries it",
        ),
        (expected(("1240",), source=("heron.txt",)), answer("有1240名"), "none of the sources"),
    ],
)
def test_each_fault_is_found_and_named(wanted: Expected, given_: Answer, fault: str) -> None:
    assert fault in judge(wanted, given_)


def test_a_refusal_is_right_where_the_library_does_not_say() -> None:
    assert judge(expected(refuse=True), REFUSAL) == ""


def test_a_marker_is_no_figure_of_the_answer() -> None:
    assert "misses" in judge(expected(("1",)), RIGHT)


def test_bold_figures_count_like_any_other() -> None:
    bold = answer("岚芝有药师**1,240** 名。[1]", cited("岚芝有药师1,240名"))
    assert judge(expected(("1240名",), source=("heron.txt",)), bold) == ""


@pytest.mark.parametrize("longer", ["12405", "51240", "1240.5", "0.1240", "61,240"])
def test_a_number_never_matches_inside_a_longer_one(longer: str) -> None:
    assert judge(expected(("1240",)), answer(f"共{longer}名")) == "misses 1240"
    assert judge(expected(deny=("1240",)), answer(f"共{longer}名")) == ""


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["名", "%", "亿元", "。"]))
def test_one_number_is_never_taken_for_another(wanted: int, said: int, unit: str) -> None:
    text = f"共{said:,}{unit}"
    right = judge(expected((str(wanted),), source=("heron.txt",)), answer(f"{text}[1]", cited(text, text))) == ""
    assert right is (wanted == said)


def test_a_figure_may_be_carried_by_any_source_where_none_is_expected() -> None:
    assert judge(expected(("1240",)), RIGHT) == ""


LINE = {"id": "a-1", "kind": "figure", "question": "药师有多少名？", "must": [["1240"]], "source": ["heron.txt"]}


def written(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_line_is_one_question_with_its_defaults(tmp_path: Path) -> None:
    (only,) = questions(written(tmp_path / "q.jsonl", LINE, ""))
    assert (only.id, only.kind, only.ask.question, only.must) == ("a-1", "figure", "药师有多少名？", (("1240",),))
    assert (only.deny, only.refuse, only.ask.history) == ((), False, ())


def test_a_conversation_comes_with_its_turns(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "药师呢？"}, {"role": "assistant", "content": "1,240名。"}]
    (only,) = questions(written(tmp_path / "q.jsonl", LINE | {"history": history}))
    assert [(turn.role, turn.content) for turn in only.ask.history] == [("user", "药师呢？"), ("assistant", "1,240名。")]


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "[]",
        "3",
        "null",
        {"id": "x"},
        LINE | {"must": 3},
        LINE | {"history": [{"role": "user"}]},
        LINE | {"max_chars": "many"},
    ],
)
def test_an_unusable_line_is_named_by_its_number(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(EvaluationError, match=r"q\.jsonl, line 3: "):
        questions(written(tmp_path / "q.jsonl", LINE, "", wrong, LINE))


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_an_error_that_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.jsonl").write_bytes(content)
    with pytest.raises(EvaluationError, match="holds no question"):
        questions(tmp_path / "q.jsonl")


def test_a_file_that_is_missing_or_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "gb.jsonl").write_bytes("护士".encode("gb18030"))
    for name in ("gb.jsonl", "none.jsonl"):
        with pytest.raises(EvaluationError, match="cannot be read"):
            questions(tmp_path / name)


def test_every_question_is_asked_and_the_scoreboard_counts(bot: Bot) -> None:
    ways = [
        Expected("1", "figure", Ask("皮肤科的问诊量是多少？"), (("120万",),), (), ("qinglan-2031.txt",), False, 320),
        Expected("2", "figure", Ask("眼科的问诊量是多少？"), (("999万",),), (), (), False, 320),
        Expected("3", "refusal", Ask("火星上有多少家医院？"), (), (), (), True, 320),
    ]
    board = evaluate(bot, ways)
    assert [kept.right for kept in board.kept] == [True, False, True]
    assert board.accuracy == pytest.approx(2 / 3)
    assert board.answerable == pytest.approx(1 / 2)
    assert board.kinds == (("figure", 2, 1), ("refusal", 1, 1))
    assert (board.supported, board.refusal_precision, board.refusal_recall) == (1.0, 1.0, 1.0)
    assert 0 < board.median_ms <= board.latency_ms(95)


def test_a_scoreboard_of_nothing_has_no_faults() -> None:
    board = Scoreboard(())
    assert (board.accuracy, board.supported, board.median_ms, board.latency_ms(95)) == (1.0, 1.0, 0.0, 0.0)
