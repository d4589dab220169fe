"""Out of a table come the cells that the question means: by row and column, the greatest, the least, a rank, a base."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence.tables import mentioned
from rag.types import Answer

Asking = Callable[..., Answer]
LABEL = st.text(alphabet="一二三线城市药师儿科皮肤眼肿瘤app", min_size=1, max_size=6)


def quotes(answer: Answer) -> list[str]:
    assert answer.answered, answer.text
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "labels", "meant"),
    [
        ("皮肤科的问诊量", ["儿科", "皮肤科", "肿瘤科"], (1,)),
        ("膚科", ["儿科", "皮肤科", "肿瘤科"], (1,)),
        ("二线城市的药师", ["一线城市（N=640）", "二线城市（N=600）"], (1,)),
        ("岚芝ＡＰＰ", ["岚芝app", "微信群", "纸质手册"], (0,)),
        ("护士有几名", ["儿科", "皮肤科", "肿瘤科"], ()),
        ("email", ["ai审方", "电话审方"], ()),
        ("皮肤科", [], ()),
    ],
)
def test_a_label_is_meant_by_what_no_other_label_has(question: str, labels: list[str], meant: tuple[int, ...]) -> None:
    assert mentioned(question, labels) == meant


def test_two_labels_named_are_both_meant() -> None:
    assert set(mentioned("皮肤科与肿瘤科的问诊量", ["儿科", "皮肤科", "肿瘤科"])) == {1, 2}


@given(LABEL, st.lists(LABEL, max_size=6))
def test_the_labels_meant_are_places_among_the_labels_each_once(question: str, labels: list[str]) -> None:
    found = mentioned(question, labels)
    assert len(set(found)) == len(found)
    assert all(0 <= n < len(labels) for n in found)


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("皮肤科的问诊量是多少？", "120万次"),
        ("皮膚科的問診量是多少？", "120万次"),
        ("肿瘤科的占比是多少？", "6.5%"),
        ("一线城市的药师用微信群的比例是多少？", "48%"),
        ("二线城市的药师用纸质手册的比例是多少？", "26%"),
        ("哪个科室的问诊量最多？", "120万次"),
        ("哪个科室的问诊量最少？", "18万次"),
        ("二线城市的药师用得最多的渠道是哪个？", "57%"),
        ("一线城市的药师用得最少的渠道是哪个？", "12%"),
        ("问诊量第二的科室是哪个？", "86万次"),
        ("问诊量第三的科室是哪个？", "54万次"),
        ("二线城市的样本量是多少？", "二线城市（N=600）"),
    ],
)
def test_the_one_cell_that_answers_is_cited(ask: Asking, question: str, cell: str) -> None:
    assert quotes(ask(question)) == [cell]


def test_a_cell_is_said_under_the_names_of_its_row_and_column(ask: Asking) -> None:
    text = ask("皮肤科的问诊量是多少？").text
    assert text.index("皮肤科") < text.index("问诊量") < text.index("120万次")


def test_two_rows_asked_for_are_two_cells_in_one_answer(ask: Asking) -> None:
    assert quotes(ask("皮肤科和眼科的问诊量分别是多少？")) == ["120万次", "54万次"]


def test_the_row_asked_for_leads_and_its_neighbour_is_not_said(ask: Asking) -> None:
    assert "86万次" not in ask("眼科的问诊量是多少？").text


def test_a_row_that_is_not_there_is_not_answered_by_its_neighbours(ask: Asking) -> None:
    assert not ask("骨科的问诊量是多少？").answered
