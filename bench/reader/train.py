"""The training of the reader: of the texts beside each other, the one that answers shall score highest, and above nought."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch

from bench.reader.lessons import Lesson
from index.rerankers.network import Network

__all__ = ["right_first", "teach"]

_TOGETHER = 8  # lessons a step
_WRONG = 3  # wrong texts beside each right one
_HARDEST = 8  # wrong texts that these are drawn from
_CHUNK = 12  # pairs of like length that are computed at once
_WARM = 40  # steps until the full rate
_ABSOLUTE = 0.5  # how much it counts that a score tells by itself whether a text answers
_FROZEN = 2  # lowest layers, which learn least and cost as much as the others


def teach(
    network: Network, lessons: Sequence[Lesson], *, rate: float, seed: int, report: Callable[[int, int, float], None]
) -> None:
    """One pass over the lessons in a random order; `report` hears of the step, of how many, and of the mean loss."""
    draw = random.Random(seed)
    order = draw.sample(range(len(lessons)), len(lessons))
    trained = _trained(network)
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    steps = len(order) // _TOGETHER
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / _WARM) * max(0.02, 1 - step / steps)
    )
    network.train()
    total = 0.0
    for step in range(steps):
        chosen = [lessons[number] for number in order[step * _TOGETHER : (step + 1) * _TOGETHER]]
        loss = _loss(network, chosen, draw)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        report(step + 1, steps, total / (step + 1))
    network.train(False)


@torch.inference_mode()
def right_first(network: Network, lessons: Sequence[Lesson]) -> float:
    """The share of answerable lessons whose best-scored text is a right one."""
    found = [
        int(network([network.cut(lesson.question, text) for text in (*lesson.right, *lesson.wrong)]).argmax())
        < len(lesson.right)
        for lesson in lessons
        if lesson.right
    ]
    return sum(found) / max(len(found), 1)


def _trained(network: Network) -> list[torch.nn.Parameter]:
    for part in (network.bert.embeddings, *network.bert.encoder.layer[:_FROZEN]):
        part.requires_grad_(False)
    return [weight for weight in network.parameters() if weight.requires_grad]


def _loss(network: Network, lessons: Sequence[Lesson], draw: random.Random) -> torch.Tensor:
    pairs: list[list[int]] = []
    places: list[tuple[bool, range]] = []
    for lesson in lessons:
        texts = [*draw.sample(lesson.right, min(1, len(lesson.right)))]
        hardest = lesson.wrong[:_HARDEST]
        texts += draw.sample(hardest, min(_WRONG, len(hardest)))
        places.append((bool(lesson.right), range(len(pairs), len(pairs) + len(texts))))
        pairs += [network.cut(lesson.question, text) for text in texts]
    scores = _scores(network, pairs)
    losses = [_of_one(scores[place.start : place.stop], answered) for answered, place in places if len(place)]
    return torch.stack(losses).mean()


def _of_one(scores: torch.Tensor, answered: bool) -> torch.Tensor:
    wanted = torch.zeros(len(scores))
    balance = torch.ones(len(scores)) / max(len(scores) - 1, 1)  # as much for the right one as for all wrong ones together
    if answered:
        wanted[0], balance[0] = 1.0, 1.0
    absolute = torch.nn.functional.binary_cross_entropy_with_logits(scores, wanted, weight=balance, reduction="sum")
    first = -torch.log_softmax(scores, 0)[0] if answered else torch.zeros(())
    return first + _ABSOLUTE * absolute


def _scores(network: Network, pairs: Sequence[list[int]]) -> torch.Tensor:
    """Log-odds in the order of the pairs, computed with those of like length."""
    order = sorted(range(len(pairs)), key=lambda number: len(pairs[number]))
    parts = [network([pairs[number] for number in order[at : at + _CHUNK]]) for at in range(0, len(order), _CHUNK)]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back]
