"""A question asked in a real browser: typed, streamed, stopped, changed, narrowed; and what can be taken from its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

Asking = Callable[..., Locator]


def test_enter_asks_and_the_answer_takes_the_place_of_its_stages(page: Page, bot: Any) -> None:
    page.goto("/")
    expect(page.locator("form#ask textarea[name=question]")).to_be_focused()
    page.keyboard.type("慢 有多少药师？")
    page.keyboard.press("Enter")
    waiting = page.locator("article[aria-busy=true]")
    expect(waiting).to_be_visible()
    expect(waiting.locator('a[data-citation], [data-source="1"]').first).to_be_visible()
    early = waiting.get_attribute("data-answer")
    bot.gate.set()
    answer = page.locator("article[data-answered=true]")
    answer.wait_for()
    assert answer.get_attribute("data-answer") == early
    assert page.locator("article[aria-busy=true]").count() == 0
    assert "26万名" in answer.inner_text()


def test_the_question_and_its_first_stage_stand_there_before_the_server_has_said_anything(page: Page) -> None:
    page.goto("/")
    page.route("**/*", lambda route: None if route.request.method == "POST" else route.continue_())
    page.keyboard.type("药师")
    page.keyboard.press("Enter")
    expect(page.locator("h2.question")).to_have_text("药师")
    expect(page.locator("article[aria-busy=true] [aria-current=step]")).to_have_text("理解问题…")
    page.locator("button.send").click()
    expect(page.locator(".failed")).to_contain_text("已停止")


def test_a_follow_up_shows_the_whole_question_which_can_be_mended_and_asked_again(page: Page, ask: Asking, bot: Any) -> None:
    page.goto("/")
    ask(page, "有多少药师？")
    ask(page, "那前一年呢？")
    whole = page.locator(".standalone")
    expect(whole).to_contain_text("2030年底青禾平台的注册药师有多少？")
    whole.locator("summary").click()
    whole.locator("input").fill("火星上有天气吗？")
    whole.locator("button").click()
    expect(page.locator("article[data-answered=false]")).to_be_visible()
    assert page.locator("h2.question").all_inner_texts() == ["有多少药师？", "火星上有天气吗？"]
    assert len(bot.asked[-1].history) == 2


def test_a_question_can_be_changed_in_its_place_and_what_followed_it_gives_way(page: Page, ask: Asking, bot: Any) -> None:
    page.goto("/")
    for question in ("有多少药师？", "那前一年呢？", "变化"):
        ask(page, question)
    page.locator("[data-edit]").nth(1).click()
    field = page.locator(".mending textarea")
    expect(field).to_be_focused()
    assert field.input_value() == "那前一年呢？"
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(page.locator("[data-edit]").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    field.fill("问卷有多少？")
    page.keyboard.press("Enter")
    expect(page.locator("h2.question")).to_have_text(["有多少药师？", "问卷有多少？"])
    page.locator("article[data-answered]").nth(1).wait_for()
    assert len(bot.asked[-1].history) == 2
    assert bot.asked[-1].history[0].content == "有多少药师？"


def test_examples_and_suggestions_are_one_click_away(page: Page) -> None:
    page.goto("/")
    page.locator(".examples button").first.click()
    page.locator("article[data-answered]").wait_for()
    page.locator(".suggestions button").first.click()
    expect(page.locator("article[data-answered]")).to_have_count(2)
    assert page.locator("h2.question").last.inner_text() == "那前一年呢？"


def test_questions_to_begin_with_appear_once_they_have_been_tried(page: Page, bot: Any) -> None:
    tried = ("甲？", "乙？", "丙？", "丁？")
    bot.examples = lambda _: ()
    page.goto("/")
    expect(page.locator(".examples")).to_have_count(0)
    bot.examples = lambda _: tried
    expect(page.locator(".examples button")).to_have_count(4)
    page.locator(".examples button").last.click()
    expect(page.locator(".question")).to_have_text("丁？")


def test_shift_enter_breaks_the_line(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("甲")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("乙/丙")
    assert page.locator("form#ask textarea").input_value() == "甲\n乙/丙"


def test_enter_that_chooses_a_word_of_an_input_method_does_not_ask(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("药")
    page.locator("form#ask textarea").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert page.locator("article[data-answer]:not(template *)").count() == 0


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_an_answer_can_be_stopped_and_asked_again(page: Page, bot: Any, way: str) -> None:
    page.goto("/")
    page.fill("form#ask textarea", "慢 药师")
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=true] a.cite, article[aria-busy=true] [data-source]").first).to_be_visible()
    if way == "button":
        page.locator("button.send").click()
    else:
        page.keyboard.press(way)
    expect(page.locator(".failed")).to_contain_text("已停止")
    bot.gate.set()
    assert bot.closed.wait(5)
    page.locator(".failed button").click()
    page.locator("article[data-answered=true]").wait_for()
    assert page.locator(".failed").count() == 0


def test_a_server_error_is_said_and_the_conversation_goes_on(page: Page, ask: Asking) -> None:
    page.goto("/")
    page.fill("form#ask textarea", "崩")
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_be_visible()
    assert ask(page, "药师").get_attribute("data-answered") == "true"


def test_a_question_of_ten_thousand_characters_is_kept_and_told_to_be_too_long(page: Page) -> None:
    page.goto("/")
    page.fill("form#ask textarea", "问" * 10_000)
    page.keyboard.press("Enter")
    expect(page.locator("#wrong")).to_contain_text("10000")
    assert len(page.locator("form#ask textarea").input_value()) == 10_000
    page.fill("form#ask textarea", "问")
    expect(page.locator("#wrong")).to_be_hidden()


def test_a_long_question_leaves_room_for_its_answer(page: Page, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "药师" * 999)
    question = page.locator(".question")
    box = question.bounding_box()
    assert box is not None
    assert box["height"] < 860 / 2
    expect(answer.locator(".answer-text")).to_be_in_viewport()
    question.focus()
    page.keyboard.press("End")
    expect(question).not_to_have_js_property("scrollTop", 0)


def test_a_server_that_goes_away_while_it_answers_is_said_and_asked_again(page: Page) -> None:
    begun = 'event: begin\ndata: {"id": "x"}\n\nevent: body\ndata: {"html": "<p>2031年底</p>"}\n\nevent: bo'
    page.goto("/")
    page.route("/", lambda route: route.fulfill(body=begun, content_type="text/event-stream"))
    page.fill("form#ask textarea", "药师")
    page.keyboard.press("Enter")
    failed = page.locator(".failed")
    expect(failed).to_contain_text("连不上")
    expect(page.locator("article")).to_have_attribute("aria-busy", "false")
    page.unroute("/")
    failed.get_by_role("button").click()
    expect(page.locator("article[data-answered=true]")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)


def test_a_question_can_be_kept_to_chosen_documents(page: Page, ask: Asking, bot: Any) -> None:
    page.goto("/")
    page.locator(".scope summary").click()
    page.locator("[data-scope-filter]").fill("不可信")
    expect(page.locator(".scope label:visible")).to_have_count(1)
    page.locator(".scope input[value=hostile]").check()
    expect(page.locator("[data-scope]")).to_have_text("1 份资料")
    page.keyboard.press("Escape")
    expect(page.locator(".scope fieldset")).to_be_hidden()
    ask(page, "药师")
    assert bot.asked[-1].documents == ("hostile",)
    chip = page.locator("[data-chosen] button")
    expect(chip).to_contain_text("<b>不可信</b>的来稿")
    chip.click()
    expect(page.locator("[data-scope]")).to_have_text("全部资料")
    ask(page, "药师")
    assert bot.asked[-1].documents == ()


def test_a_refusal_within_chosen_documents_offers_all_of_them(page: Page, ask: Asking, bot: Any) -> None:
    page.goto("/?document=hostile")
    ask(page, "火星上有天气吗？")
    page.locator(".widen").click()
    expect(page.locator("[data-scope]")).to_have_text("全部资料")
    expect(page.locator("article[data-answered]")).to_have_count(1)
    expect(page.locator(".widen")).to_have_count(0)
    assert [asked.documents for asked in bot.asked] == [("hostile",), ()]


def test_an_answer_can_be_taken_along_in_three_forms(page: Page, address: str, ask: Asking) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    answer = ask(page, "变化")
    taken = []
    for place in range(3):
        answer.locator(".menu summary").click()
        answer.locator("[data-copy]").nth(place).click()
        expect(answer.locator(".menu summary")).to_contain_text("已复制")
        taken.append(page.evaluate("() => navigator.clipboard.readText()"))
    markdown, plain, references = taken
    assert "| 注册药师数 | 18.5万 | 26万 [1] |" in markdown
    assert f"{address}/documents/qinghe-2031#c" in markdown
    assert "[4] 青禾研究院：《青禾药师数字生活调查（2031）》，2031-12-20" in plain
    assert "http" not in plain
    assert references.count("\n") == 0
    assert references.startswith("青禾研究院：《青禾药师数字生活调查（2031）》，2031-12-20，")


def test_a_permalink_shows_the_answer_as_it_was_given(page: Page, ask: Asking, bot: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    answer = ask(page, "药师")
    answer.locator("[data-permalink]").click()
    expect(answer.locator("[data-permalink]")).to_contain_text("链接已复制")
    bot.library.fingerprint = "another"
    page.goto(page.evaluate("() => navigator.clipboard.readText()"))
    expect(page.locator("article[data-answered=true]")).to_contain_text("26万名")
    expect(page.locator(".kept")).to_contain_text("资料库有更新")
    page.locator("a.cite").click()
    expect(page.locator("#panel mark")).to_be_in_viewport()


def test_feedback_is_given_with_its_reason(page: Page, app: Any, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "药师")
    answer.locator("[data-helpful=false]").click()
    answer.locator("[data-why] label", has_text="数字不对").click()
    answer.locator("[data-why] label", has_text="不完整").click()
    answer.locator("[data-why] input[name=more]").fill("缺少口径")
    page.keyboard.press("Enter")
    expect(answer.locator(".said")).to_have_text("已记下，谢谢")
    expect(answer.locator("[data-why]")).to_be_hidden()
    answer.locator("[data-helpful=true]").click()
    expect(answer.locator("[data-helpful=true]")).to_have_attribute("aria-pressed", "true")
    kept = app.state.desk.saved.ratings
    page.wait_for_function("() => document.querySelector('.said').textContent")
    assert kept(answer.get_attribute("data-answer")) == ((False, "数字不对；不完整；缺少口径"), (True, ""))
