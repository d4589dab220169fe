"""What a document says of its names is learned, and what only looks like it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.chinese.fold import fold
from index.types import Document
from rag.names.learn import learned
from rag.names.types import How

Pairs = Callable[..., set[tuple[str, str, How]]]


@pytest.fixture
def pairs(document: Callable[[str], Document]) -> Pairs:
    """What is learned from a text, with the names that are known before."""

    def found(text: str, *known: str) -> set[tuple[str, str, How]]:
        return {(guess.name, guess.other, guess.how) for guess in learned([document(text)], known, fold(text).count)}

    return found


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("云岫医疗科技股份有限公司（以下简称“云岫医疗”）成立。", ("云岫医疗", "云岫医疗科技股份有限公司", How.CALLED)),
        ("昨天，雲岫醫療集團（下稱「雲岫」）公布業績。", ("云岫", "云岫医疗集团", How.CALLED)),
        ("霁澜医药（Jilan Pharma）有14家药店。", ("霁澜医药", "jilan pharma", How.LATIN)),
        ("去年由霁澜医药（Jilan）牵头。", ("霁澜医药", "jilan", How.LATIN)),
        ("云岫医疗（简称“云岫”，英文名Farpeak）扩张。", ("云岫医疗", "farpeak", How.LATIN)),
        ("## 云岫医疗\n英文名：Farpeak Health", ("云岫医疗", "farpeak health", How.LATIN)),
        ("## 一、云岫医疗\n全称：松坪云岫医疗科技有限公司", ("云岫医疗", "松坪云岫医疗科技有限公司", How.FULL)),
        ("云岫医疗（原名云岫挂号网）搬到江畔。", ("云岫医疗", "云岫挂号网", How.FORMER)),
        ("云岫挂号网于2031年3月正式更名为云岫医疗。", ("云岫医疗", "云岫挂号网", How.FORMER)),
        ("霁澜医药，曾用名霁澜药房，有14家店。", ("霁澜医药", "霁澜药房", How.FORMER)),
        ("电子处方平台（EPF）很快，电子处方平台省事。", ("电子处方平台", "epf", How.LATIN)),
    ],
)
def test_a_pair_is_learned_with_how_it_is_known(pairs: Pairs, text: str, pair: tuple[str, str, How]) -> None:
    assert pair in pairs(text)


def test_a_full_company_name_goes_with_the_short_one_that_is_known(pairs: Pairs) -> None:
    assert pairs("在册的是南京霁澜医药连锁有限公司。", "霁澜医药") >= {("霁澜医药", "霁澜医药连锁有限公司", How.FULL)}


@pytest.mark.parametrize(
    "text",
    [
        "《江畔药店管理办法（试行）》（以下简称“管理办法”）施行。",
        "霁澜医药股份有限公司（以下简称“公司”）成立。",
        "药师（N=640）和医生（HCP）都答了。",
        "药店的占比（App）最高。",
        "霁澜把门店更名为便民药房。",
        "公司前身为一家诊所。",
        "本文以下简称云岫。",
    ],
)
def test_what_names_nothing_of_its_own_is_not_learned(pairs: Pairs, text: str) -> None:
    assert pairs(text) == set()


def test_a_writing_claimed_for_two_things_tells_neither(pairs: Pairs) -> None:
    assert pairs("云岫医疗（Farpeak）大。霁澜医药（Farpeak）小。") == set()
