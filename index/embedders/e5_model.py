"""How the bundled weights become a SentenceTransformer: an encoder of ours, then mean pooling and unit length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from transformers import BertConfig, BertModel

from index.embedders.e5_bits import in_whole_numbers, worthwhile
from index.embedders.e5_file import E5File, open_file
from index.embedders.e5_pieces import Cutter

PROMPTS = {"query": "query: ", "document": "passage: "}

# shows how large the numbers inside the model get; any mixture of texts does
_SAMPLE = (
    "passage: 全镇共有鱼塘412口，鲈鱼年产量达1.26万吨，同比增长８．４％；养殖户平均每天巡塘2.5小时，其中六成用手机查看水温。",
    "passage: 三月借閱\n南渡圖書館三月借出圖書5,230冊，讀者最常借的是《河岸植物誌》。",
    "passage: 补贴 项目 金额\n增氧机\t300万元",
    "passage: The hatchery raised 3.5 million fry in 2018, and sold most of them to farms upstream.",
    "query: 哪一种饲料的转化率最高？",
    "query: ",  # where nothing is said, some numbers get larger than in any text
)

_LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def sentence_transformer() -> SentenceTransformer:
    """multilingual-e5-small with its prompts for questions and passages; each thread that encodes uses one core."""
    # torch's own threads wait for each other by spinning after every product: four times slower where cores are shared
    torch.set_num_threads(1)
    encoder = E5Encoder()
    if worthwhile():
        in_whole_numbers(encoder.bert, lambda: encoder(encoder.preprocess(_SAMPLE)))
    modules: list[torch.nn.Module] = [encoder, Pooling(encoder.get_embedding_dimension(), "mean"), Normalize()]
    return SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu", similarity_fn_name="dot")


class E5Encoder(InputModule):
    """Word pieces to their hidden states; word embeddings stay in four bits on disk and are expanded as they are looked up."""

    def __init__(self, layers: int | None = None) -> None:
        """With the lower layers alone where a number is given."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._file, self.cut = _opened()
        self.bert = _bert(self._file, layers or self._file.shape.layers)

    @property
    def max_seq_length(self) -> int:
        return self._file.shape.positions

    def get_embedding_dimension(self) -> int:
        return self._file.shape.hidden

    @property
    def padding(self) -> int:
        """The number of the piece that fills up short texts."""
        return self._file.pieces.padding

    def embedded(self, numbers: torch.Tensor) -> torch.Tensor:
        """The word embeddings of piece numbers, one more axis."""
        distinct, places = np.unique(numbers.numpy(), return_inverse=True)
        return torch.from_numpy(self._file.rows("emb.word", distinct)[places])

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor | Any]:
        """Piece numbers and their mask, shape (texts, longest), the prompt once before each text."""
        cut = [torch.tensor(self.cut((prompt or "") + text)) for text in inputs]
        numbers = torch.nn.utils.rnn.pad_sequence(cut, batch_first=True, padding_value=self.padding)
        return {"input_ids": numbers, "attention_mask": (numbers != self.padding).long()}

    def forward(self, features: dict[str, torch.Tensor | Any], **_: Any) -> dict[str, torch.Tensor | Any]:
        embedded = self.embedded(features["input_ids"])
        features["token_embeddings"] = self.bert(inputs_embeds=embedded, attention_mask=features["attention_mask"])[0]
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Only the configuration: the weights come with the package."""
        self.save_config(output_path)


@cache
def _opened() -> tuple[E5File, Cutter]:
    """The file and its cutter, whose tables every encoder of the process shares."""
    file = open_file()
    return file, Cutter(file.pieces, file.shape.positions)


def _bert(file: E5File, layers: int) -> BertModel:
    shape = file.shape
    config = BertConfig(
        vocab_size=1,  # rows of the word embedding come from the file
        pad_token_id=0,
        hidden_size=shape.hidden,
        num_hidden_layers=layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
    )
    with torch.device("meta"):  # nothing is allocated only to be overwritten
        model: BertModel = BertModel(config, add_pooling_layer=False)
    model.train(False)
    weights = dict(_weights(file, layers))
    weights["embeddings.word_embeddings.weight"] = torch.zeros(1, shape.hidden)
    model.load_state_dict(weights, assign=True)
    places = torch.arange(shape.positions)[None]  # no weights, so not among them
    model.embeddings.register_buffer("position_ids", places, persistent=False)
    model.embeddings.register_buffer("token_type_ids", torch.zeros_like(places), persistent=False)
    return model


def _weights(file: E5File, layers: int) -> Iterator[tuple[str, torch.Tensor]]:
    """Every weight by the name it has in BertModel."""
    hidden, inner = file.shape.hidden, file.shape.inner
    sizes = {"fi.w": (inner, hidden), "fi.b": (inner,), "fo.w": (hidden, inner), "aln.w": (hidden,), "oln.w": (hidden,)}
    named = [
        ("embeddings.position_embeddings.weight", "emb.pos", (file.shape.positions, hidden)),
        ("embeddings.token_type_embeddings.weight", "emb.type", (file.shape.types, hidden)),
        ("embeddings.LayerNorm.weight", "emb.ln.w", (hidden,)),
        ("embeddings.LayerNorm.bias", "emb.ln.b", (hidden,)),
    ]
    for layer in range(layers):
        for long, short in _LAYER.items():
            place, stored = f"encoder.layer.{layer}.{long}", f"l{layer}.{short}"
            named.append((f"{place}.weight", f"{stored}.w", sizes.get(f"{short}.w", (hidden, hidden))))
            named.append((f"{place}.bias", f"{stored}.b", sizes.get(f"{short}.b", (hidden,))))
    for long, stored, size in named:
        yield long, torch.from_numpy(file.tensor(stored, *size))
