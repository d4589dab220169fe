"""Figures are found where they are printed, with the value and the kind that a reader gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.numbers import Number, NumberKind, chinese_integer, numbers

ALPHABET = "护士约近第年月日成半数一两三五十百千万亿零点%％‰元个家名人次小时倍0123456789０１９.,-~至+ \nab第批季度年底分之"


def only(text: str) -> Number:
    (found,) = numbers(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("完成３．６亿元", NumberKind.MONEY, 3.6e8, "元"),
        ("八千万元", NumberKind.MONEY, 8e7, "元"),
        ("涨到24.5％", NumberKind.SHARE, 24.5, "%"),
        ("药师占七成", NumberKind.SHARE, 70, "%"),
        ("5成护士", NumberKind.SHARE, 50, "%"),
        ("有三分之二的人", NumberKind.SHARE, 200 / 3, "%"),
        ("3/4的药店", NumberKind.SHARE, 75, "%"),
        ("便宜了一半", NumberKind.SHARE, 50, "%"),
        ("差错率5‰", NumberKind.SHARE, 0.5, "%"),
        ("上升3.2个百分点", NumberKind.SHARE, 3.2, "个百分点"),
        ("问卷1,240份", NumberKind.COUNT, 1240, "份"),
        ("問卷１，２４０份", NumberKind.COUNT, 1240, "份"),
        ("近200万人次", NumberKind.COUNT, 2e6, "人次"),
        ("三百二十家药店", NumberKind.COUNT, 320, "家"),
        ("十余家药店", NumberKind.COUNT, 10, "家"),
        ("2.5 million users", NumberKind.COUNT, 2.5e6, ""),
        ("每天1.5小时", NumberKind.DURATION, 1.5, "小时"),
        ("花了14个月", NumberKind.DURATION, 14, "个月"),
        ("多了2倍", NumberKind.MULTIPLE, 2, "倍"),
        ("排第二名", NumberKind.RANK, 2, "第"),
        ("第3批药品", NumberKind.RANK, 3, "第"),
        ("系数为1.07", NumberKind.PLAIN, 1.07, ""),
        ("12.3百万元", NumberKind.MONEY, 12.3e6, "元"),
        ("1亿2000万元", NumberKind.MONEY, 1.2e8, "元"),
        ("1万2千人", NumberKind.COUNT, 12000, "人"),
        ("HK$9.84", NumberKind.MONEY, 9.84, "港元"),
        ("￥120", NumberKind.MONEY, 120, "元"),
        ("千分之五", NumberKind.SHARE, 0.5, "%"),
        ("万分之三", NumberKind.SHARE, 0.03, "%"),
        ("近八成", NumberKind.SHARE, 80, "%"),
        ("药师过半", NumberKind.SHARE, 50, "%"),
        ("上千家药店", NumberKind.COUNT, 1000, "家"),
        ("等了两个半小时", NumberKind.DURATION, 2.5, "个小时"),
        ("又等1个半月", NumberKind.DURATION, 1.5, "个月"),
        ("用了半年", NumberKind.DURATION, 0.5, "年"),
        ("数十家药店", NumberKind.COUNT, 10, "家"),
    ],
)
def test_a_figure_has_the_value_in_its_base_unit_and_a_kind(text: str, kind: NumberKind, value: float, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.unit) == (kind, unit)
    assert found.value == pytest.approx(value)
    assert found.high is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("35～45岁", 35, 45),
        ("5万~10万元", 5e4, 1e5),
        ("1亿至2亿元", 1e8, 2e8),
        ("2019-2021年", 2019, 2021),
        ("2020至2022年", 2020, 2022),
        ("20-22年", 2020, 2022),
        ("六七成", 60, 70),
        ("2019年至2021年", 2019, 2021),
        ("80-100亿", 80e8, 100e8),
        ("十五六家", 15, 16),
        ("七八千元", 7000, 8000),
    ],
)
def test_a_range_is_one_figure_with_both_ends(text: str, low: float, high: float) -> None:
    found = only(text)
    assert (found.value, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "year"),
    [("2019年底", 2019), ("2019年9月30日", 2019), ("２０３０年９月", 2030), ("1990年以来", 1990), ("2022年第三季度", 2022)],
)
def test_a_date_knows_its_year(text: str, year: int) -> None:
    assert only(text).kind is NumberKind.DATE
    assert only(text).year == year


@pytest.mark.parametrize("text", ["10月1日", "3月", "1,240份", "24.5%"])
def test_what_names_no_year_has_none(text: str) -> None:
    assert only(text).year is None


@pytest.mark.parametrize("text", ["不到60%", "约1.5亿元", "超过300家", "近200万人次", "至少2倍"])
def test_a_qualifier_belongs_to_the_figure(text: str) -> None:
    assert only(text).span.of(text) == text


@pytest.mark.parametrize("text", ["一个好办法", "三级医院", "成功", "人云亦云", "", "万一"])
def test_words_are_no_figures(text: str) -> None:
    assert not list(numbers(text))


def test_figures_come_in_the_order_of_the_text_whatever_their_kind() -> None:
    text = "第二名的岚芝在2031年4月卖出2.89亿元，三分之一来自14家药店"
    kinds = [number.kind for number in numbers(text)]
    assert kinds == [NumberKind.RANK, NumberKind.DATE, NumberKind.MONEY, NumberKind.SHARE, NumberKind.COUNT]


@pytest.mark.parametrize(
    ("hanzi", "value"),
    [("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("三百二十", 320), ("一千零五", 1005), ("两亿", 2e8)],
)
def test_chinese_numerals_have_their_value(hanzi: str, value: float) -> None:
    assert chinese_integer(hanzi) == value


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_any_number_written_in_chinese_is_read_back(high: int, low: int) -> None:
    assert chinese_integer(_written(low)) == low
    assert chinese_integer(_written(high) + "万") == high * 10_000
    assert chinese_integer(_written(high) + "万零" + _written(low)) == high * 10_000 + low


def _written(number: int) -> str:
    """一千零五 for 1005."""
    said, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        said += ("零" if gap and said and digit else "") + ("零一二三四五六七八九"[digit] + name if digit else "")
        gap = not digit
    return said


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_figures_lie_inside_the_text_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for number in numbers(text):
        assert at <= number.span.start < number.span.end <= len(text)
        assert number.span.of(text).strip()
        at = number.span.end


@given(st.integers(1, 10**7), st.sampled_from(["家", "元", "%", "小时"]))
def test_both_widths_and_a_thousands_comma_change_nothing(value: int, unit: str) -> None:
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    found = [only(f"共{written}{unit}") for written in (f"{value}", f"{value:,}", wide)]
    assert {(number.value, number.kind) for number in found} == {(value, found[0].kind)}


def test_ten_thousands_behind_a_hundred_million_are_added() -> None:
    assert chinese_integer("一亿二千万") == 120_000_000


def test_a_zero_within_chinese_numerals_does_not_cut_them() -> None:
    assert only("一千零五人").value == 1005


def test_tenths_may_have_tenths_of_their_own() -> None:
    assert only("三成五的药师").value == 35


def test_the_third_quarter_is_no_duration() -> None:
    assert all(number.kind is not NumberKind.DURATION for number in numbers("第三季度的门诊"))


@pytest.mark.parametrize("text", ["记录要保存两年", "记录要保存3年"])
def test_years_that_something_lasts_are_a_duration(text: str) -> None:
    assert only(text).kind is NumberKind.DURATION


def test_ten_years_of_doing_something_are_not_the_year_2010() -> None:
    assert all(number.year is None for number in numbers("双方已经合作10年"))


@pytest.mark.parametrize("text", ["余量2/0", "0/0"])
def test_a_stroke_before_a_zero_is_no_fraction_and_no_crash(text: str) -> None:
    assert all(number.kind is not NumberKind.SHARE for number in numbers(text))


def test_a_percentage_in_words_may_have_a_decimal_point() -> None:
    assert only("百分之三点五的药师").value == 3.5
