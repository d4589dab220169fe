"""The list of documents and the page of one, as they come from the server, without any script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from index.types import Document, Meta, Span
from rag.settings import Settings
from web.app import create_app
from web.find import find
from web.viewer import render

pytestmark = pytest.mark.anyio


async def page(client: httpx.AsyncClient, path: str) -> LexborHTMLParser:
    response = await client.get(path, headers={"Accept-Language": "zh"})
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def titles(tree: LexborHTMLParser) -> list[str]:
    return [node.text() for node in tree.css("#shelf h2 a")]


async def test_the_list_tells_publisher_date_and_size(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/documents")
    first = tree.css_first("#shelf li[data-document='qinghe-2031']")
    for words in ("青禾药师数字生活调查（2031）", "青禾研究院", "2031-12-20", "段", "1 张表", "样本 N=1,130"):
        assert words in first.text()
    assert first.css_first("a[href='/?document=qinghe-2031']").text() == "只问这份资料"


async def test_the_api_tells_the_same_counts(client: httpx.AsyncClient, bot: Any) -> None:
    told = (await client.get("/api/documents")).json()
    counts = bot.library.counts_of("qinghe-2031")
    assert (told[0]["passages"], told[0]["tables"], told[0]["figures"]) == (counts.passages, 1, 0)
    whole = (await client.get("/api/documents/qinghe-2031")).json()
    assert whole["passages"] == counts.passages


@pytest.mark.parametrize(
    ("query", "count"),
    [("青禾研究院", 1), ("２０３１", 2), ("2031-12 调研", 1), ("青禾 来稿", 0), ("", 2), ("某報", 1), ("x" * 5000, 0)],
)
async def test_the_list_can_be_narrowed_whatever_the_width_and_script(
    client: httpx.AsyncClient, query: str, count: int
) -> None:
    tree = await page(client, f"/documents?q={query}")
    assert len(titles(tree)) == count
    assert tree.css_first(".shelf-tools input[name=q]").attributes["value"] == query[:100]


async def test_the_list_can_be_put_in_order(client: httpx.AsyncClient) -> None:
    assert titles(await page(client, "/documents?sort=date"))[0].startswith("青禾")
    assert titles(await page(client, "/documents?sort=characters"))[0].startswith("青禾")
    assert titles(await page(client, "/documents?sort=title"))[0].startswith("<b>")
    assert len(titles(await page(client, "/documents?sort=nonsense"))) == 2


async def test_nothing_to_manage_is_shown_where_no_key_is_set(client: httpx.AsyncClient) -> None:
    assert (await page(client, "/documents")).css_first(".manage") is None


async def test_the_limits_of_an_upload_are_told_where_a_key_is_set(bot: Any, tmp_path: Path) -> None:
    app = create_app(bot, settings=Settings(data_dir=tmp_path, corpus=(tmp_path,), admin_key="k"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://yanda.test") as client:
        tree = await page(client, "/documents")
    limits = tree.css_first("#upload-limits").text()
    assert all(words in limits for words in (".md", ".txt", "20 MB", "100"))
    assert "curl" in tree.css_first(".manage noscript").html
    assert "k" not in [node.attributes.get("value") for node in tree.css("input")]


async def test_a_part_of_the_list_comes_without_the_page(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/documents?part=1&q=青禾")
    assert tree.css_first("header") is None
    assert len(tree.css("li[data-document]")) == 1


async def test_a_document_names_its_origin_its_size_and_what_can_be_asked(client: httpx.AsyncClient, bot: Any) -> None:
    tree = await page(client, "/documents/qinghe-2031")
    head = tree.css_first(".document-head").text()
    assert all(words in head for words in ("900_report.txt", "青禾研究院", "2031-12-20", "N=1,130", "1 张表"))
    asks = tree.css(".asks a")
    assert [link.text() for link in asks] == list(bot.examples())
    follow = await page(client, asks[0].attributes["href"] or "")
    assert follow.css_first("textarea").text() == bot.examples()[0]
    assert follow.css_first("input[name=documents][checked]").attributes["value"] == "qinghe-2031"
    assert (await page(client, "/documents/hostile")).css_first(".asks") is None


async def test_words_that_are_looked_for_are_marked_and_counted(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/documents/qinghe-2031?q=药师")
    hits = tree.css("mark[data-hit]")
    assert {hit.text() for hit in hits} == {"药师"}
    assert tree.css_first("[data-found]").text() == f"{len(hits)} 处"
    assert [hit.attributes["id"] for hit in hits] == [f"hit-{place + 1}" for place in range(len(hits))]
    assert tree.css_first("a.first").attributes["href"] == "#hit-1"
    assert (await page(client, "/documents/qinghe-2031?q=火星")).css_first("[data-found]").text() == "0 处"


async def test_a_citation_stays_exact_while_words_within_it_are_marked(client: httpx.AsyncClient, bot: Any) -> None:
    text = bot.library.documents["qinghe-2031"].text
    tree = await page(client, "/documents/qinghe-2031?c=33-82&q=药师")
    assert "".join(node.text() for node in tree.css("mark[data-citation]")) == text[33:82]
    assert tree.css("mark[data-citation] mark[data-hit]")
    assert "".join(node.text(deep=True) for node in tree.css("[data-text]")) == text
    assert tree.css_first(".find-bar input[name=c]").attributes["value"] == "33-82"


async def test_hostile_words_are_shown_as_words(client: httpx.AsyncClient) -> None:
    for path in ("/documents", "/documents/hostile"):
        tree = await page(client, f'{path}?q="><script>window.hacked=1</script>')
        assert all(node.attributes.get("src") for node in tree.css("script"))


def doc(text: str) -> Document:
    return Document("d", text, (), Meta("d"))


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("药师常用的\n渠道有ＡＢ三种", "常用的渠道", ["常用的\n渠道"]),
        ("药师常用的渠道有ＡＢ三种", "ab", ["ＡＢ"]),
        ("醫生與医生", "医生", ["醫生", "医生"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("有 62%，又有62％", "62%", ["62%", "62％"]),
        ("注册 药师", "注册药师", []),
        ("注册药师", "注册 药师", ["注册药师"]),
        ("啊啊啊啊", "啊啊", ["啊啊", "啊啊"]),
        ("字", "", []),
        ("字", " \n", []),
    ],
)
def test_words_are_found_in_whatever_writing(text: str, words: str, found: list[str]) -> None:
    assert [span.of(text) for span in find(doc(text), words)] == found


@given(st.text("ab药师\n 12", max_size=60), st.text("ab药师 ", max_size=3), st.data())
def test_every_hit_is_marked_exactly_and_nothing_is_lost(text: str, words: str, data: st.DataObject) -> None:
    document = doc(text)
    hits = find(document, words)
    start = data.draw(st.integers(0, len(text)))
    mark = Span(start, data.draw(st.integers(start, len(text))))
    tree = LexborHTMLParser(f"<main>{render(document, mark, hits)}</main>")
    assert "".join(node.text() for node in tree.css("main")) == text
    assert "".join(node.text() for node in tree.css("mark[data-citation]")) == mark.of(text)
    for number, hit in enumerate(hits, 1):
        assert "".join(node.text() for node in tree.css(f'mark[data-hit="{number}"]')) == hit.of(text)
