"""Text taken out of pages reads again as it was written: whole sentences, real headings, no furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats import read
from index.layout import Draft, compose, repair
from index.layout.marks import Style, number
from index.layout.wrap import join
from index.types import BlockKind

FIXTURES = Path(__file__).parent / "fixtures"
HEAD, TEXT, ITEM, TABLE, NOTE, NAME = BlockKind


def seen(drafts: list[Draft]) -> list[tuple[BlockKind, str]]:
    return [(draft.kind, draft.text) for draft in drafts]


def of_kind(text: str, kind: BlockKind) -> list[str]:
    return [draft.text for draft in repair(text) if draft.kind is kind]


# --- wrapped lines


def test_lines_wrapped_at_a_fixed_width_are_joined_into_paragraphs() -> None:
    document = read(FIXTURES / "county_pharmacies_gb18030.txt")
    paragraphs = [block.span.of(document.text) for block in document.blocks if block.kind is TEXT]
    assert len(paragraphs) == 5
    assert "小型店受品类限制，占比仍停留在21%上下。" in paragraphs[2]
    assert all(paragraph.endswith("。") for paragraph in paragraphs)


def test_an_empty_line_after_every_line_means_nothing() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "照看的人数则增加到二百名。" in document.text
    assert "系统在高峰时段响应缓慢，三成的受访护士表示曾经因此放弃录入，改用纸面补记" in document.text


def test_a_sentence_cut_by_a_box_on_the_next_page_is_whole_again_and_so_is_the_box() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "有两家医院甚至把上报率写进了科室考核的细则之中。" in document.text
    assert "每名护士照看的病人也增多到二百名，但录入负担随之上升" in document.text
    assert document.text.index("考核的细则") < document.text.index("本章小结")


def test_a_sentence_cut_by_a_caption_is_whole_and_the_caption_follows_it() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "预计每天可以节省半个小时以上的时间，这项改动将于明年春天试行。" in document.text
    assert document.text.endswith("图表 2 字段精简方案")


def test_a_bullet_lost_to_a_space_is_still_an_item() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert [block.span.of(document.text) for block in document.blocks if block.kind is ITEM][
        -1
    ] == "患者主动上报的比例升至44%。"


def test_paragraphs_on_one_line_are_joined_only_where_a_page_cut_them() -> None:
    text = """一、现状

平台在二〇一九年开始建设，先后接入了三十一家医院，其中二十家为公立，其余的由企业与

地方合办。今年计划再接入五家。

第二段说的是费用，平均每家医院每年支付十二万元。

2020年，费用第一次下降。
"""
    assert of_kind(text, TEXT) == [
        "平台在二〇一九年开始建设，先后接入了三十一家医院，其中二十家为公立，其余的由企业与地方合办。今年计划再接入五家。",
        "第二段说的是费用，平均每家医院每年支付十二万元。",
        "2020年，费用第一次下降。",
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("人工智", "能平台", "人工智能平台"),
        ("于 2019", "年上线", "于 2019年上线"),
        ("a digital", "platform", "a digital platform"),
        ("digi-", "tal tools", "digital tools"),
        ("Class-A", "report", "Class-A report"),
        ("分别为31", "402家", "分别为31 402家"),
        ("收入为1,", "204元", "收入为1,204元"),
        ("", "甲", "甲"),
    ],
)
def test_joining_puts_a_space_only_between_words_and_between_figures(left: str, right: str, expected: str) -> None:
    assert join(left, right) == expected


# --- furniture


def test_page_numbers_running_titles_and_contents_are_gone_and_the_title_stays_once() -> None:
    document = read(FIXTURES / "county_pharmacies_gb18030.txt")
    assert document.text.count("青禾县域药店经营观察") == 1
    assert "- 1 -" not in document.text


def test_words_that_only_decorate_slides_are_dropped() -> None:
    document = read(FIXTURES / "slides.txt")
    assert "连接" not in document.text
    assert "信任" not in document.text
    assert not any(block.span.of(document.text).isdecimal() for block in document.blocks)


def test_a_contents_list_is_dropped_with_its_list_of_figures() -> None:
    text = """目录

一、背景.....	1
二、结果.....	6

图表目录

图 1 随访的步骤	2
图 2 漏访率	3

一、背景

随访始于2011年。

图 1 随访的步骤

二、结果

漏访率为9.5%。
"""
    assert seen(repair(text)) == [
        (HEAD, "一、背景"),
        (TEXT, "随访始于2011年。"),
        (NAME, "图 1 随访的步骤"),
        (HEAD, "二、结果"),
        (TEXT, "漏访率为9.5%。"),
    ]


def test_chapter_titles_announced_without_page_numbers_are_dropped_once() -> None:
    text = "01\n\n样本\n\nSample description\n\n02\n\n结果\n\nMain results\n\n03\n\n讨论\n\nFinal discussion\n\n" + "".join(
        f"0{n}\n\n# {name}\n\n{english}\n\n这一章有一句话。\n\n"
        for n, (name, english) in enumerate(
            [("样本", "Sample description"), ("结果", "Main results"), ("讨论", "Final discussion")], 1
        )
    )
    assert of_kind(text, HEAD) == ["样本", "结果", "讨论"]
    assert len(repair(text)) == 6


def test_a_heading_that_comes_again_goes_on_and_loses_no_text() -> None:
    text = "# 结果\n\n第一页的话。\n\n# 讨论\n\n中间的话。\n\n# 结果\n\n第二页的话。\n"
    assert of_kind(text, HEAD) == ["结果", "讨论", "结果"]
    assert of_kind(text, TEXT) == ["第一页的话。", "中间的话。", "第二页的话。"]


def test_headings_that_recur_in_every_case_are_no_running_title() -> None:
    text = "".join(f"{n}.1 案例{n}\n\n核心产品\n\n案例{n}的产品是第{n}代随访系统。\n\n" for n in range(1, 5))
    assert of_kind(text, HEAD).count("核心产品") == 4


def test_a_key_figure_on_a_line_of_its_own_is_no_page_number() -> None:
    assert "31" in [draft.text for draft in repair("覆盖医院数\n\n31\n\n覆盖的医院多在县里，去年又增加了四家。\n")]


# --- headings


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


# --- captions, notes, tables


def test_sources_bases_and_survey_questions_are_one_note() -> None:
    document = read(FIXTURES / "slides.txt")
    assert [block.span.of(document.text) for block in document.blocks if block.kind is NOTE] == [
        "数据来源：北辰数字健康中心\n基数：N=2,150\n您最近一周使用过以下哪些工具？（可多选）"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "数据来源：北辰中心",
        "资料来源：北辰中心（单位：万元）",
        "*平均值=四组之和除以4",
        "\\*示例：甲、乙",
        "注：不含税",
        "N=2,150",
        "（文章来源：北辰日报）",
    ],
)
def test_footnotes_are_notes(text: str) -> None:
    assert repair(f"1.1 结果\n\n甲组高于乙组。\n\n{text}\n")[-1].kind is NOTE


def test_a_question_after_its_base_belongs_to_the_note_and_the_next_statement_does_not() -> None:
    text = "# 结果\n\n基数: N=30;\n\n您会续费吗?\n\n六成的人会续费，三成的人不会。\n"
    assert seen(repair(text))[1:] == [(NOTE, "基数: N=30;\n您会续费吗?"), (TEXT, "六成的人会续费，三成的人不会。")]


def test_a_table_of_tabs_keeps_units_and_ragged_rows() -> None:
    document = read(FIXTURES / "ragged.txt")
    [block] = [block for block in document.blocks if block.table]
    assert block.table
    cells = [[cell.of(document.text) for cell in row] for row in block.table.rows]
    assert cells[0] == ["供应商", "首年费用", "续费", "备注"]
    assert cells[3] == ["白芷科技", "未报价"]
    assert cells[4] == ["远志系统", "20万元（N=3）", "12万元/年", "含驻场", "可议"]
    assert block.table.header_rows == 1
    place = document.blocks.index(block)
    assert [document.blocks[at].kind for at in (place - 1, place + 1)] == [NAME, NOTE]
    assert document.blocks[place + 1].span.of(document.text) == "资料来源：采购小组\n（报价均不含税）"


def test_a_table_without_a_header_row_says_so() -> None:
    [table] = [draft for draft in repair("甲组\t35%\n乙组\t28%\n丙组\t9%\n") if draft.kind is TABLE]
    assert table.header_rows == 0


def test_a_lone_tab_makes_no_table() -> None:
    assert TABLE not in [draft.kind for draft in repair("联系人\t王宁\n\n他负责县域的门店，每周巡店一次。\n")]


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    assert repair("# 结果\n\n图3显示，漏访率在两年里下降了一半。\n")[-1].kind is TEXT
    assert repair("# 结果\n\n图3 漏访率的变化\n")[-1].kind is NAME


def test_labels_whose_pictures_are_lost_are_captions_where_headings_are_marked() -> None:
    text = "# 结果\n\n漏访率下降。\n\n各县的漏访率\n\n# 讨论\n\n原因有两个。\n"
    assert of_kind(text, NAME) == ["各县的漏访率"]


def test_a_field_with_its_value_on_the_next_line_is_one_item() -> None:
    text = "# 案例\n\n- **客户：** 甲药业\n\n- **效果：**\n续费率为80%。\n费用下降一成。\n\n后面是正文。\n"
    assert of_kind(text, ITEM) == ["客户：甲药业", "效果：续费率为80%。费用下降一成。"]


def test_traditional_script_is_read_alike() -> None:
    document = read(FIXTURES / "traditional.txt")
    assert [block.kind for block in document.blocks] == [HEAD, HEAD, TEXT, HEAD, TEXT, NOTE]


# --- laws

SENTENCE = st.sampled_from(
    [
        "护士每周给居民打电话，并且把结果录入系统",
        "漏访率在两年里下降到9.5%",
        "三家医院先后接入了平台，其余的还在观望",
        "费用约为12.8万元",
    ]
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=8).map(lambda parts: "。".join(parts) + "。")


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=6, max_size=12, unique=True), st.integers(24, 44))
def test_whatever_the_width_of_the_page_no_character_is_lost(paragraphs: list[str], width: int) -> None:
    wrapped = "\n\n".join("\n".join(text[at : at + width] for at in range(0, len(text), width)) for text in paragraphs)
    text, _ = compose(repair(wrapped))
    assert "".join(text.split()) == "".join(paragraphs)


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=8, unique=True))
def test_paragraphs_that_were_never_cut_stay_as_they_are(paragraphs: list[str]) -> None:
    long = [text + "这一段说的是随访系统在县里的使用情况和费用。" for text in paragraphs]
    assert [draft.text for draft in repair("\n\n".join(long))] == long


@settings(deadline=None)
@given(st.text(alphabet="一二医院药师增长。，：；！“”（）\n\n \t#*-|12.5%•图表来源", max_size=300))
def test_any_lines_at_all_become_blocks_that_know_their_characters(text: str) -> None:
    drafts = repair(text)
    composed, blocks = compose(drafts)
    assert "\n\n".join(block.span.of(composed) for block in blocks) == composed


# --- other houses' styles


def test_a_running_title_with_the_page_number_in_its_line_is_furniture() -> None:
    pages = "".join(f"第{n}页说的是第{n}个县，那里有{n + 20}家门店。\n阅读正文之前请先看免责声明 {n}\n" for n in range(3, 8))
    assert "免责声明" not in "".join(draft.text for draft in repair(pages))
    assert len(repair(pages)) == 5


def test_numbered_cases_are_no_running_title() -> None:
    cases = "".join(f"典型案例分析 {n}\n\n这个案例发生在第{n}个县，药店因此关闭。\n\n" for n in range(1, 5))
    assert of_kind(cases, HEAD) == [f"典型案例分析 {n}" for n in range(1, 5)]


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
