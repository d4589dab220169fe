"""Rerankers named in the settings: a real CrossEncoder from a folder, or a refusal that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentence_transformers import CrossEncoder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from index.errors import UnknownEmbedder
from index.rerankers import RERANKERS, load


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny CrossEncoder as a folder of its own, its weights drawn by chance."""
    made = tmp_path_factory.mktemp("cross-encoder")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"茶园谁开办的由人采摘"]
    (made / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(set(words)),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(made)
    BertTokenizerFast(vocab_file=str(made / "vocab.txt")).save_pretrained(made)
    return made


def test_a_folder_is_read_as_its_own_library_reads_it(folder: Path) -> None:
    texts = ["由人开办", "茶园采摘的人"]
    found = load(str(folder))
    assert found is not None
    own = CrossEncoder(str(folder), device="cpu").model.eval()
    tokenizer = BertTokenizerFast.from_pretrained(str(folder))
    expected = own(**tokenizer(["茶园谁开办的"] * 2, texts, padding=True, return_tensors="pt")).logits[:, 0]
    assert found.scores("茶园谁开办的", texts).tolist() == pytest.approx(expected.tolist(), abs=1e-5)
    assert found.scores("茶园", []).shape == (0,)


def test_none_reads_nothing() -> None:
    assert load("none") is None


def test_a_reranker_that_is_not_here_is_refused_without_asking_the_network() -> None:
    with pytest.raises(UnknownEmbedder, match=r"the reranker 'nobody/such-a-reader'.*hf download"):
        load("nobody/such-a-reader")


def test_every_name_of_the_table_opens_a_reranker_that_is_not_loaded_yet() -> None:
    for name in RERANKERS:
        found = load(name)
        assert found is not None
        assert found.name
