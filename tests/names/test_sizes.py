"""Sizes: a name that is stated as one, or is assigned a number, is the gradient of nothing in that text."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.text import Source


def statuses(text: str, path: str) -> list[str]:
    """Whether each formula of a text is right."""
    return [found.status for found in check(Source(text, path)).formulas]


@pytest.mark.parametrize("size", ["d_k", "dk", "d_{model}", "d_h"])
def test_a_size_that_notes_state_is_a_number(size: str) -> None:
    name = size[2:].strip("{}") if "_" in size else size[1:]
    text = f"With $q, {name} \\in \\mathbb{{R}}^{{n \\times {size}}}$ we have $s = q {name}^T / \\sqrt{{{size}}}$.\n"
    assert statuses(text, "notes.md") == ["ok"]
    assert statuses(text.replace(f"q {name}^T", f"q^T {name}^T"), "notes.md") == ["error"]


def test_a_size_stands_beside_a_gradient() -> None:
    text = r"With $q, k \in \mathbb{R}^{n \times dk}$ and $s \in \mathbb{R}^{n \times n}$, "
    gradient = r"$\frac{\partial L}{\partial k} = (\frac{\partial L}{\partial s})^T q / \sqrt{dk}$."
    assert statuses(text + gradient, "notes.md") == ["ok"]


PROGRAMS = {
    "a number": "k = np.zeros((20, 16))\nq = np.zeros((20, 16))\n{} = 16\n",
    "a quotient": "k = np.zeros((20, 16))\nq = np.zeros((20, 16))\nheads = 4\n{} = 64 // heads\n",
    "an entry of a shape": "k = np.zeros((20, 16))\nq = np.zeros((20, 16))\n{} = k.shape[-1]\n",
    "one of several": "k = np.zeros((20, 16))\nq = np.zeros((20, 16))\nn, {} = k.shape\n",
    "a length": "k = np.zeros((20, 16))\nq = np.zeros((20, 16))\n{} = len(k[0])\n",
}


@pytest.mark.parametrize("name", ["d_k", "dk", "d_q"])
@pytest.mark.parametrize("how", PROGRAMS)
def test_what_a_program_assigns_a_number_is_one(how: str, name: str) -> None:
    program = "import numpy as np\n\n" + PROGRAMS[how].format(name) + f"s = q @ k.T / np.sqrt({name})\n"
    assert "error" not in statuses(program, "net.py")
    assert statuses(program.replace("q @ k.T", "q @ k"), "net.py")[-1] == "error"


def test_a_docstring_states_a_size() -> None:
    program = '''
def scores(q, k):
    """Scores.

    q: (n, d_k)
    k: (n, d_k)
    """
    return q @ k.T / np.sqrt(d_k)
'''
    assert statuses(program, "net.py") == ["ok"]
    assert statuses(program.replace("k.T", "k"), "net.py") == ["error"]


@pytest.mark.parametrize("begin", ["dW = 0", "dW = 1.0", "dW = np.zeros_like(W)"])
def test_a_sum_of_gradients_may_begin_as_a_number(begin: str) -> None:
    program = f"W = np.zeros((20, 16))\nx = np.zeros((16, 5))\ng = np.zeros((20, 5))\n{begin}\ndW = dW + x @ g.T\n"
    assert statuses(program, "net.py")[-1] == "error"
    assert statuses(program.replace("x @ g.T", "g @ x.T"), "net.py")[-1] == "ok"


def test_what_is_computed_of_arrays_is_a_gradient_for_all_that() -> None:
    program = "k = np.zeros((20, 16))\nds = np.zeros((20, 20))\ndk = 16\ndk = ds @ k.T\n"
    assert statuses(program, "net.py")[-1] == "error"


@pytest.mark.parametrize("made", ["np.zeros((n_y, n_h))", "np.random.randn(n_y, n_h)"])
def test_who_names_the_two_sizes_of_an_array_differently_means_two_numbers(made: str) -> None:
    program = f'''
def back(Y, n_h):
    """Y: (n_y, m)"""
    n_y, m = Y.shape
    W = {made}
    return np.dot(W.T, Y)
'''
    assert statuses(program, "net.py") == ["ok", "ok"]
    assert statuses(program.replace("W.T", "W"), "net.py") == ["ok", "error"]
