"""Models named in the settings: found on this machine or refused with what to do, under the prompts of their family."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedders import load
from index.embedders.sentence_transformer import OfflineModel
from index.errors import UnknownEmbedder


@pytest.mark.parametrize("name", ["nobody/such-a-model", "not a name at all", "../nowhere/model"])
def test_a_model_that_is_not_here_is_refused_without_asking_the_network(name: str) -> None:
    with pytest.raises(UnknownEmbedder, match=r"hf download|folder") as refused:
        load(name)
    assert name in str(refused.value)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownEmbedder, match=r"modules\.json"):
        load(str(tmp_path))


def test_a_folder_whose_model_is_incomplete_is_refused_when_it_is_first_used(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    with pytest.raises(UnknownEmbedder, match="does not load"):
        load(str(tmp_path)).queries(["问"])


def test_a_changed_weight_changes_the_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 500_000)
    before = load(str(tmp_path)).name
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 499_999 + b"\1")
    assert load(str(tmp_path)).name != before


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/multilingual-e5-base", ("query: ", "passage: ")),
        ("models/e5-large-v2", ("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", ("为这个句子生成表示以用于检索相关文章：", "")),
        ("BAAI/bge-base-en-v1.5", ("Represent this sentence for searching relevant passages: ", "")),
        ("shibing624/text2vec-base-chinese", ("", "")),
        ("some/cafe5-model", ("", "")),
    ],
)
def test_a_family_known_by_name_gets_its_prompts(tmp_path: Path, name: str, prompts: tuple[str, str]) -> None:
    model = OfflineModel(tmp_path, name)
    model.__dict__["_model"] = type("Silent", (), {"prompts": {"query": "", "document": ""}})()
    assert model._prompts == prompts


def test_prompts_in_the_models_own_files_win_over_its_family(tmp_path: Path) -> None:
    model = OfflineModel(tmp_path, "intfloat/multilingual-e5-base")
    model.__dict__["_model"] = type("Outspoken", (), {"prompts": {"query": "Q: ", "passage": "P: "}})()
    assert model._prompts == ("Q: ", "P: ")
