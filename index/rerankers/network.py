"""The network of the bundled reader: the lower layers of multilingual-e5-small over question and text together, one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from index.embedders.e5_bits import in_whole_numbers, worthwhile
from index.embedders.e5_model import E5Encoder

LAYERS = 8  # of the twelve: two thirds of the time, and what twelve learn in as many minutes
_QUESTION, _TEXT = 64, 128  # pieces; what lies behind is not read

# shows how large the numbers inside get; any mixture of pairs does
_SAMPLE = (
    ("鲈鱼的年产量是多少？", "渔业年报 产量 : 全镇鲈鱼年产量达1.26万吨,同比增长8.4%"),
    ("谁在图书馆借书最多？", "南渡图书馆 借阅 : 借得最多的是中学生,占三成五"),
    ("增氧机补贴", "补贴 项目 金额 : 增氧机 金额 300万元"),
    ("Which feed converts best?", "饲料 : 膨化料的转化率最高,为1.2"),
)


class Network(torch.nn.Module):
    """Pairs of question and text to log-odds that the text answers; the word embeddings are those of the embedder."""

    def __init__(self) -> None:
        super().__init__()
        encoder = E5Encoder(LAYERS)
        self._outer = (encoder,)  # in a tuple: what it holds beside `bert` is no part of the reader
        self.bert = encoder.bert
        width = encoder.get_embedding_dimension()
        self.inner = torch.nn.Linear(width, width)
        self.score = torch.nn.Linear(width, 1)

    @classmethod
    def taught(cls, weights: Mapping[str, torch.Tensor]) -> Network:
        """The network with these weights, ready to be asked."""
        torch.set_num_threads(1)  # as for the embedder: threads that wait for each other are slower than none
        network = cls()
        network.load_state_dict(dict(weights), strict=False)
        network.train(False)
        if worthwhile():
            in_whole_numbers(network, lambda: network([network.cut(*pair) for pair in _SAMPLE]))
        return network

    def own_weights(self) -> dict[str, torch.Tensor]:
        """What training changed, by name."""
        return {name: value for name, value in self.state_dict().items() if "embeddings." not in name}

    def cut(self, question: str, text: str) -> list[int]:
        """The pieces of both between the marks of begin and end, the end mark twice between them."""
        cut = self._outer[0].cut
        asked, read = cut(f"query: {question}"), cut(f"passage: {text}")
        end = asked[-1]
        return [*asked[:-1][:_QUESTION], end, end, *read[1:-1][:_TEXT], end]

    def forward(self, pairs: Sequence[Sequence[int]]) -> torch.Tensor:
        """Log-odds, shape (pairs,)."""
        outer = self._outer[0]
        rows = torch.nn.utils.rnn.pad_sequence(
            [torch.tensor(pair) for pair in pairs], batch_first=True, padding_value=outer.padding
        )
        mask = (rows != outer.padding).long()
        hidden = self.bert(inputs_embeds=outer.embedded(rows), attention_mask=mask)[0]
        counted = mask[..., None].to(hidden.dtype)
        mean = (hidden * counted).sum(1) / counted.sum(1)
        scores: torch.Tensor = self.score(torch.tanh(self.inner(mean)))[:, 0]
        return scores

    @torch.inference_mode()
    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as numbers, for texts as they are."""
        found: NDArray[np.float32] = self([self.cut(question, text) for text in texts]).numpy()
        return found
