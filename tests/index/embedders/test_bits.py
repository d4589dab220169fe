"""Linear layers in whole numbers against the layers they were made from."""

from __future__ import annotations

import pytest
import torch

from index.embedders.e5_bits import WholeNumbers, in_whole_numbers, worthwhile

pytestmark = pytest.mark.skipif(not worthwhile(), reason="this processor computes in 32 bits")


@pytest.fixture
def layer() -> torch.nn.Linear:
    torch.manual_seed(7)
    return torch.nn.Linear(384, 1536).requires_grad_(False)


def test_products_are_nearly_those_of_the_layer(layer: torch.nn.Linear) -> None:
    inputs = torch.randn(4, 9, 384)
    ours, theirs = WholeNumbers(layer, torch.ones(layer.in_features))(inputs), layer(inputs)
    assert ours.shape == theirs.shape
    assert torch.cosine_similarity(ours, theirs, dim=-1).min() > 0.999


def test_a_row_is_the_same_beside_any_other(layer: torch.nn.Linear) -> None:
    rows = torch.randn(3, 384)
    rows[1] *= 1000
    whole = WholeNumbers(layer, torch.ones(layer.in_features))
    assert torch.equal(whole(rows)[0], whole(rows[:1])[0])


def test_an_input_far_larger_than_the_others_does_not_drown_them(layer: torch.nn.Linear) -> None:
    inputs = torch.randn(64, 384)
    inputs[:, 5] *= 300
    layer.weight[:, 5] /= 300
    theirs = layer(inputs)
    even, told = (WholeNumbers(layer, reach)(inputs) for reach in (torch.ones(384), inputs.abs().amax(0)))
    assert (told - theirs).abs().mean() < (even - theirs).abs().mean() / 3


def test_the_largest_sums_do_not_overflow() -> None:
    layer = torch.nn.Linear(1536, 8, bias=False).requires_grad_(False)
    layer.weight.fill_(-2.0)
    layer.bias = torch.nn.Parameter(torch.zeros(8), requires_grad=False)
    for sign in (1.0, -1.0):
        torch.testing.assert_close(
            WholeNumbers(layer, torch.ones(layer.in_features))(torch.full((64, 1536), sign)),
            torch.full((64, 8), -3072.0 * sign),
        )


def test_nothing_gives_the_bias_and_weights_of_nothing_too(layer: torch.nn.Linear) -> None:
    assert torch.equal(WholeNumbers(layer, torch.ones(layer.in_features))(torch.zeros(2, 384)), layer.bias.expand(2, -1))
    layer.weight.zero_()
    assert torch.equal(WholeNumbers(layer, torch.ones(layer.in_features))(torch.ones(2, 384)), layer.bias.expand(2, -1))


def test_every_linear_layer_is_replaced_and_nothing_else() -> None:
    model = torch.nn.Sequential(torch.nn.LayerNorm(8), torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.GELU()))
    in_whole_numbers(model, lambda: model(torch.randn(2, 8)))
    assert [type(part) for part in model.modules()][1:] == [
        torch.nn.LayerNorm,
        torch.nn.Sequential,
        WholeNumbers,
        torch.nn.GELU,
    ]
