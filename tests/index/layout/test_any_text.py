"""Whatever text comes, no character is lost and no paragraph that was whole is changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.layout import compose, repair

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
