"""A server keeps up with the index, and has questions to suggest soon after."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx

from index.library import current_fingerprint
from rag import assemble
from rag.settings import Settings
from web.app import create_app

TEA = "# 云岭茶厂月报\n\n## 产量\n\n云岭茶厂三月采茶青的人数为 52人。\n\n云岭茶厂的优势有两点：\n\n- 水好；\n- 人勤。\n"


def test_a_new_index_is_taken_up_its_suggestions_tried_and_an_unreadable_one_left(tmp_path: Path, serve: Any) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "tea.md").write_text(TEA, "utf-8")
    settings = Settings(corpus=(corpus,), data_dir=tmp_path / "data")
    assemble.build_index(settings)
    with serve(create_app(assemble.bot(settings), settings=settings)) as address, httpx.Client(base_url=address) as client:
        held = client.get("/readyz").json()["index"]
        until(lambda: (tmp_path / "data" / "suggestions.json").is_file())
        page = client.get("/documents/tea").text
        assert "云岭茶厂的优势有哪两点？" in page

        (corpus / "more.md").write_text(TEA.replace("云岭", "雾谷"), "utf-8")
        assemble.build_index(settings)
        newer = current_fingerprint(settings.data_dir)
        assert newer != held
        until(lambda: client.get("/readyz").json()["index"] == newer)
        until(lambda: "雾谷茶厂" in client.get("/documents/more").text)

        (tmp_path / "data" / "index" / "CURRENT").write_text("beef\n", "utf-8")
        time.sleep(2.5)
        assert client.get("/readyz").json()["index"] == newer
        assert client.post("/api/ask", json={"question": "云岭茶厂的优势有哪两点？"}).json()["answered"]


def until(condition: Any) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")
