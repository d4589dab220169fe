"""Whatever stands in the table of embedders, or is loaded by name, keeps these promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedders import EMBEDDERS, Embedder, load

# all lengths in no order, both scripts, full width, English, nothing at all, and a NUL
TEXTS = (
    "三家诊所的护士每天平均填写２．５小时的表格。",
    "",
    "The clinic hired 41 nurses in 2019.",
    "繁體：護理師每週值班四次，其中七成為夜班。" * 9,
    "护士",
    "夜班\0补贴为每次120元",
    "《护理札记》第3版（2018年）收录了 56 篇短文，ＡＢＣ 组的得分最高。" * 4,
)


def _tiny_model(folder: Path) -> str:
    """A real sentence-transformers model of a few thousand weights, saved where a person would keep theirs."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = sorted(set("".join(TEXTS)) - {"\0", " "})
    parts = folder / "parts"
    parts.mkdir()
    (parts / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]), encoding="utf-8")
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(letters) + 5, **shape)).save_pretrained(parts)
    BertTokenizerFast(str(parts / "vocab.txt")).save_pretrained(parts)
    model = SentenceTransformer(
        modules=[Transformer(str(parts)), Pooling(32, "mean")], prompts={"query": "问：", "document": "文："}, device="cpu"
    )
    model.save(str(folder / "护理模型"))
    return str(folder / "护理模型")


@pytest.fixture(scope="module", params=[*EMBEDDERS, "a folder"])
def named(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return _tiny_model(tmp_path_factory.mktemp("model")) if request.param == "a folder" else str(request.param)


@pytest.fixture(scope="module")
def embedder(named: str) -> Embedder:
    return load(named)


@pytest.fixture(params=["queries", "passages"])
def encode(embedder: Embedder, request: pytest.FixtureRequest) -> Callable[..., np.ndarray]:
    return getattr(embedder, request.param)


def test_rows_have_unit_length_and_the_promised_shape(embedder: Embedder, encode: Callable[..., np.ndarray]) -> None:
    rows = encode(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), embedder.dimension)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_rows_follow_the_texts_whatever_their_lengths(encode: Callable[..., np.ndarray]) -> None:
    together, alone = encode(TEXTS), np.vstack([encode([text]) for text in TEXTS])
    assert np.argmax(together @ alone.T, axis=1).tolist() == list(range(len(TEXTS)))
    assert (together * alone).sum(axis=1).min() >= 0.997  # whole numbers may round otherwise beside a longer text


def test_no_texts_give_no_rows(embedder: Embedder, encode: Callable[..., np.ndarray]) -> None:
    assert encode([]).shape == (0, embedder.dimension)


def test_what_follows_a_nul_is_read(encode: Callable[..., np.ndarray]) -> None:
    whole, cut = encode(["夜班\0补贴为每次120元", "夜班"])
    assert float(whole @ cut) < 0.9999


def test_questions_and_passages_have_their_own_prompts(embedder: Embedder) -> None:
    assert float(embedder.queries(["护士每天值班"])[0] @ embedder.passages(["护士每天值班"])[0]) < 0.99999


def test_the_name_pins_the_model_and_is_the_same_next_time(named: str, embedder: Embedder) -> None:
    assert load(named).name == embedder.name
    assert embedder.name
