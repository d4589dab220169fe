"""Headings and items are told from sentences and from each other, whatever the house's style."""

from __future__ import annotations

import pytest

from index.formats import read
from index.layout import repair
from index.layout.marks import Style, number
from tests.index.layout.conftest import FIXTURES, HEAD, ITEM, NAME, NOTE, TEXT, of_kind, seen


def test_headings_of_every_style_keep_one_level_each() -> None:
    text = """第一章 总论
1.1 范围
范围是三个县。
(1) 政策
政策有两项，都在试行。
① 试点
试点从五月开始。
② 推广
推广还没有日期。
(2) 市场
市场很小。
第二章 结果
2.1 数量
数量翻了一番。
"""
    headings = [(draft.level, draft.text) for draft in repair(text) if draft.kind is HEAD]
    assert headings == [
        (1, "第一章 总论"),
        (2, "1.1 范围"),
        (3, "(1) 政策"),
        (4, "① 试点"),
        (4, "② 推广"),
        (3, "(2) 市场"),
        (1, "第二章 结果"),
        (2, "2.1 数量"),
    ]


def test_numbered_sentences_are_items_and_a_bare_numbered_list_too() -> None:
    steps = "做法\n\n（1）触达：护士给居民打电话。\n\n（2）回访：一周之后再打一次。\n\n"
    text = f"{steps}要点\n\n1. 人手不足\n2. 费用偏高\n3. 系统缓慢\n"
    assert of_kind(text, ITEM) == [
        "（1）触达：护士给居民打电话。",
        "（2）回访：一周之后再打一次。",
        "1. 人手不足",
        "2. 费用偏高",
        "3. 系统缓慢",
    ]
    assert of_kind(text, HEAD) == ["做法", "要点"]


def test_a_lead_in_sentence_stays_in_its_paragraph_and_so_does_an_enumeration() -> None:
    text = "1.1 费用\n\n费用“减半”，药店的日子好过了。三家药店的费用都下降。**优点是（1）**省钱；**（2）**省时。\n"
    assert seen(repair(text))[1] == (TEXT, "费用“减半”，药店的日子好过了。三家药店的费用都下降。优点是（1）省钱；（2）省时。")


def test_a_bulleted_line_with_text_below_is_a_heading_and_bulleted_sentences_are_items() -> None:
    markets = "\uf06c 县域市场\n\n县域市场指县城和乡镇的药店。\n\n\uf06c 城市市场\n\n城市市场已经饱和，不再增加。\n\n"
    text = f"1.1 市场\n\n{markets}本章小结：\n\n• 县域在涨。\n\n• 城市不涨。\n"
    assert of_kind(text, HEAD) == ["1.1 市场", "县域市场", "城市市场", "本章小结："]
    assert of_kind(text, ITEM) == ["县域在涨。", "城市不涨。"]


def test_a_chapter_summary_stands_beside_the_sections_of_its_chapter() -> None:
    levels = {
        draft.text: draft.level
        for draft in repair("第一章 甲\n1.1 乙\n乙的内容是一句话。\n本章小结：\n小结也是一句话。\n")
        if draft.kind is HEAD
    }
    assert levels == {"第一章 甲": 1, "1.1 乙": 2, "本章小结：": 2}


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("第十二章 展望", Style.CHAPTER, 12),
        ("三、结果", Style.HAN, 3),
        ("（二）方法", Style.HAN_PAREN, 2),
        ("2.3 渠道", Style.DOTTED_2, 3),
        ("2.3.4 渠道", Style.DOTTED_3, 4),
        ("7. 渠道", Style.ARABIC, 7),
        ("03 渠道", Style.ARABIC, 3),
        ("(4) 渠道", Style.PAREN, 4),
        ("⑤ 渠道", Style.CIRCLE, 5),
    ],
)
def test_numbers_before_a_line_are_understood(text: str, style: Style, value: int) -> None:
    found = number(text)
    assert found is not None
    assert (found.style, found.value) == (style, value)


@pytest.mark.parametrize(
    "text", ["1.5 亿元融资", "2023年的结果", "3.2%的医生", "12家医院", "第一批集采", "10～20元", "第", "一"]
)
def test_amounts_and_dates_at_the_start_of_a_line_number_nothing(text: str) -> None:
    assert number(text) is None


def test_a_field_with_its_value_on_the_next_line_is_one_item() -> None:
    text = "# 案例\n\n- **客户：** 甲药业\n\n- **效果：**\n续费率为80%。\n费用下降一成。\n\n后面是正文。\n"
    assert of_kind(text, ITEM) == ["客户：甲药业", "效果：续费率为80%。费用下降一成。"]


def test_traditional_script_is_read_alike() -> None:
    document = read(FIXTURES / "traditional.txt")
    assert [block.kind for block in document.blocks] == [HEAD, HEAD, TEXT, HEAD, TEXT, NOTE]


def test_plain_numbers_are_chapters_where_dotted_ones_stand_under_them() -> None:
    text = "1、概况\n1.1、规模\n规模为三亿元。\n1.2、格局\n（1）平台\n平台有三家。\n2、展望\n2.1、政策\n政策不变。\n"
    levels = [(draft.level, draft.text) for draft in repair(text) if draft.kind is HEAD]
    assert levels == [(1, "1、概况"), (2, "1.1、规模"), (2, "1.2、格局"), (3, "（1）平台"), (1, "2、展望"), (2, "2.1、政策")]


def test_a_circular_keeps_its_title_and_its_number_heads_nothing() -> None:
    top = "关于康桥市互联网诊疗的通知\n康卫发〔2022〕15号\n各区卫生健康局：\n"
    text = f"{top}办法从七月起执行。\n第一章 总则\n第一条 本办法由市里解释。\n"
    assert of_kind(text, HEAD) == ["关于康桥市互联网诊疗的通知", "第一章 总则"]
    assert "康卫发〔2022〕15号" in of_kind(text, NAME)


def test_an_english_document_has_headings_too() -> None:
    market = "1. Market\n\nThe market grew by 12.5% in 2022, led by chronic care."
    text = f"Clinic Weekly\n\n{market}\n\n2. Outlook\n\nGrowth will slow, says Dr. Lin.\n"
    assert of_kind(text, HEAD) == ["Clinic Weekly", "1. Market", "2. Outlook"]


def test_underlined_titles_are_headings() -> None:
    assert [(draft.level, draft.text) for draft in repair("季报\n====\n\n概要\n----\n\n处方量上升，增幅为两成。\n")][:2] == [
        (1, "季报"),
        (2, "概要"),
    ]
