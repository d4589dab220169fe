"""Characters that are taken for one another sound or look alike; others do not."""

from __future__ import annotations

import pytest

from index.chinese.likeness import look_alike, sounds, spelt


@pytest.mark.parametrize(("one", "other"), [("健康", "建康"), ("诊所", "枕所"), ("林业", "零业"), ("牛奶", "流来")])
def test_words_said_alike_share_a_sound_tones_and_mergers_aside(one: str, other: str) -> None:
    assert sounds(one) & sounds(other)


def test_a_character_of_two_readings_is_said_both_ways() -> None:
    assert sounds("银行") == {"yin han", "yin xin"}
    assert not sounds("银行") & sounds("银河")


def test_pinyin_is_spelt_without_mergers() -> None:
    assert "zhizhen" in spelt("知诊")
    assert spelt("A诊") == sounds("A诊") == frozenset()


def test_a_long_run_of_characters_does_not_multiply_without_end() -> None:
    assert len(sounds("行长乐重还行长乐重还行长")) == 1


def test_characters_of_one_look_are_alike_both_ways() -> None:
    assert look_alike("未", "末")
    assert look_alike("末", "未")
    assert not look_alike("未", "医")
