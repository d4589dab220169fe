"""The reader that comes along: it tells what answers from what stands beside it, and depends on nothing beside the pair."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from index.errors import UnknownEmbedder
from index.rerankers import Reranker, load
from index.rerankers.bundled import WEIGHTS, Bundled
from index.rerankers.weights import read, write

# question, what answers it, what stands beside it in the same words
CHOICES = [
    (
        "栈桥书店去年卖出多少本诗集？",
        "栈桥书店 年报 : 去年共售出诗集4,210本,比前年多三成",
        "栈桥书店 年报 : 店里的诗集摆在二楼靠窗的三个书架上",
    ),
    (
        "谁创办了苔原面包房？",
        "苔原面包房 简介 : 面包房由退伍厨师乔远山在2011年开办",
        "苔原面包房 简介 : 面包房每天清晨五点开炉",
    ),
    (
        "青岚茶园为什么改用人工采摘？",
        "青岚茶园 采摘 : 由于坡地太陡、机器上不去,茶园改回人工采摘",
        "青岚茶园 采摘 : 茶园在四月开始采摘",
    ),
    ("2019年渡口游客有多少人次？", "渡口 游客 : 2019年接待游客31万人次", "渡口 游客 : 2021年接待游客12万人次"),
    ("How many bicycles did the depot repair?", "车站 维修 : 车站全年修理自行车1,830辆", "车站 维修 : 车站有修理工六名"),
]


@pytest.fixture(scope="module")
def reader() -> Reranker:
    found = load("bundled")
    assert found is not None
    return found


@pytest.mark.parametrize(("question", "answer", "neighbour"), CHOICES)
def test_what_answers_scores_above_what_stands_beside_it(reader: Reranker, question: str, answer: str, neighbour: str) -> None:
    better, worse = reader.scores(question, [answer, neighbour]).tolist()
    assert better > worse


def test_a_score_does_not_depend_on_the_texts_beside_it(reader: Reranker) -> None:
    texts = [text for _, *pair in CHOICES for text in pair]
    together = reader.scores(CHOICES[0][0], texts)
    alone = np.array([reader.scores(CHOICES[0][0], [text])[0] for text in texts])
    assert np.abs(together - alone).max() < 0.05
    assert together.shape == (len(texts),)
    assert together.dtype == np.float32


def test_no_texts_have_no_scores(reader: Reranker) -> None:
    assert reader.scores("问", []).shape == (0,)


def test_a_text_of_any_length_is_read(reader: Reranker) -> None:
    assert np.isfinite(reader.scores("长" * 3000, ["", "\0", "很长的文字。" * 2000])).all()


def test_the_weights_are_small_enough_to_come_along() -> None:
    assert WEIGHTS.stat().st_size < 40e6


def test_weights_come_back_to_within_half_a_step(tmp_path: Path) -> None:
    made = {"a.weight": torch.randn(7, 5), "a.bias": torch.randn(7)}
    write(tmp_path / "made.npz", made)
    back = read(tmp_path / "made.npz")
    step = made["a.weight"].abs().amax(1, keepdim=True) / 127
    assert ((made["a.weight"] - back["a.weight"]).abs() <= step / 2 + 1e-6).all()
    assert torch.allclose(made["a.bias"], back["a.bias"], atol=2e-3)


@pytest.mark.parametrize("content", [b"", b"not weights at all"])
def test_weights_that_cannot_be_read_say_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.npz").write_bytes(content)
    with pytest.raises(UnknownEmbedder, match=r"broken\.npz.*`reranker` to 'none'"):
        Bundled(tmp_path / "broken.npz").scores("问", ["答"])


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnknownEmbedder, match="install again"):
        Bundled(tmp_path / "nowhere.npz").scores("问", ["答"])
