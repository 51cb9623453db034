"""Trees evaluated with numpy, and the arrays drawn for their names."""

from __future__ import annotations

import numpy as np
import pytest

from shapecheck.evaluate import NoValue, draw, evaluate, length
from shapecheck.shapes.dims import Shape, Var, number, symbol
from shapecheck.syntax.nodes import Apply, Name, Node, Number

N, M = symbol("n"), symbol("m")


def name(text: str) -> Name:
    return Name(text, text, key=text)


def test_sizes_are_distinct_primes_and_numbers_stay() -> None:
    shapes: dict[str, Shape] = {"A": (N, M, number(3)), "b": (N, number(1)), "c": (N + M,), "u": (Var(),)}
    values, sizes = draw(shapes, seed=4)
    assert values["A"].shape == (sizes["n"], sizes["m"], 3)
    assert values["b"].shape == (sizes["n"], 1)
    dims = {sizes["n"], sizes["m"], 3, sizes["n"] + sizes["m"], *values["u"].shape}
    assert len(dims) == 5


@pytest.mark.parametrize("seed", range(20))
def test_no_dimension_is_below_one(seed: int) -> None:
    values, _ = draw({"A": (N - M, number(2) * M - N)}, seed)
    assert min(values["A"].shape) > 0


def test_a_seed_repeats() -> None:
    first, second = (draw({"A": (N, M)}, seed=7)[0]["A"] for _ in range(2))
    assert np.array_equal(first, second)


def test_a_scalar_is_an_array_of_rank_zero() -> None:
    assert draw({"s": ()})[0]["s"].shape == ()


def test_a_sign_with_several_readings_is_the_first_that_fits() -> None:
    values, sizes = draw({"A": (N, M), "B": (M, N), "C": (N, M)})
    product = evaluate(Apply("dot", (name("A"), name("B"))), values, sizes)
    assert np.allclose(product, values["A"] @ values["B"])
    assert np.allclose(evaluate(Apply("dot", (name("A"), name("C"))), values, sizes), values["A"] * values["C"])


def test_a_reading_is_followed() -> None:
    tree = Apply("hadamard", (name("A"), name("B")))
    values = {"A": np.eye(2), "B": np.ones((2, 2))}
    assert np.allclose(evaluate(tree, values, {}, {id(tree): "product"}), 1)


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("0.5", 0.5), ("1e-8", 1e-8), ("1.", 1.0)])
def test_numbers(text: str, value: float) -> None:
    assert evaluate(Number(text), {}, {}) == value


@pytest.mark.parametrize("key", ["n", "n[1]"])
def test_a_dimension_is_a_number(key: str) -> None:
    assert evaluate(Name(key, "n", key=key), {}, {"n": 5, "n1": 5}) == 5


def test_parameters_are_dimensions_or_nodes_that_stand_for_them() -> None:
    values = {"A": np.ones((2, 6))}
    rows = Apply("dimension", (name("A"),), {"axis": 0})
    product = Apply("product", (Number("2"), name("n")))
    trees: list[Node] = [
        Apply("reshape", (name("A"),), {"shape": shape}) for shape in ((N, -1), (name("n"), -1), (rows, 6))
    ]
    shapes = [np.shape(evaluate(tree, values, {"n": 3})) for tree in trees]
    assert shapes == [(3, 4), (3, 4), (2, 6)]
    assert np.shape(evaluate(Apply("zeros", (), {"shape": (product,)}), {}, {"n": 3})) == (6,)
    like = Apply("ones", (), {"shape": Apply("shape_of", (name("A"),))})
    assert np.shape(evaluate(like, values, {})) == (2, 6)


@pytest.mark.parametrize(
    "tree", [name("Q"), Apply("unknown", ()), Apply("tuple", ()), Apply("ones", (), {"shape": (M,)})]
)
def test_what_has_no_value(tree: Node) -> None:
    with pytest.raises(NoValue):
        evaluate(tree, {}, {})


def test_a_length_needs_every_size() -> None:
    assert length(N * M - number(2), {"n": 3, "m": 4}) == 10
    with pytest.raises(NoValue, match="m"):
        length(N * M, {"n": 3})
    with pytest.raises(NoValue):
        length(Var(), {})


def test_a_number_scales_what_matlab_multiplies() -> None:
    tree = Apply("matmul", (name("s"), name("A"), name("B")))
    values = {"s": np.array(0.5), "A": np.ones((2, 3)), "B": np.ones((3, 4))}
    assert np.allclose(evaluate(tree, values, {}), 1.5 * np.ones((2, 4)))
