"""Backward passes as code has them: in a function of their own, with masks, copies, and names that are bound anew."""

from __future__ import annotations

import pytest

from shapecheck.diagnostic import Report
from shapecheck.text import Source
from shapecheck.verification import verify

CLASSIFIER = '''\
import numpy as np


def step(X, y, W1, b1, W2, b2):
    """
    X: shape (N, D)
    y: shape (N,)
    W1: shape (D, H)
    b1: shape (H,)
    W2: shape (H, C)
    b2: shape (C,)
    """
    N = X.shape[0]
    hidden = np.maximum(0, X.dot(W1) + b1)
    scores = hidden.dot(W2) + b2
    grown = np.exp(scores)
    probs = grown / np.sum(grown, axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    dscores /= N
    dW2 = hidden.T.dot(dscores)
    db2 = np.sum(dscores, axis=0)
    dhidden = dscores.dot(W2.T)
    dhidden[hidden <= 0] = 0
    dW1 = X.T.dot(dhidden)
    db1 = np.sum(dhidden, axis=0)
    return loss
'''

LAYER = '''\
import numpy as np


def layer(x, W1, b1, W2, b2, dout):
    """
    x: shape (N, D)
    W1: shape (D, H)
    b1: shape (H,)
    W2: shape (H, C)
    b2: shape (C,)
    dout: shape (N, C)
    """
    h = np.maximum(0, x @ W1 + b1)
    out = h @ W2 + b2
    dW2 = h.T @ dout
    db2 = dout.sum(axis=0)
    dh = dout @ W2.T
    dh = dh * (h > 0)
    dW1 = x.T @ dh
    db1 = dh.sum(axis=0)
    return dW1, db1, dW2, db2
'''


def verified(text: str) -> Report:
    return verify(Source(text, "network.py"))[0]


def verdicts(report: Report) -> list[tuple[str, str]]:
    return [(each.name or "", each.verdict) for each in report.formulas if each.verdict]


def test_a_classifier_is_right() -> None:
    report = verified(CLASSIFIER)
    names = ["dscores", "dW2", "db2", "dhidden", "dhidden", "dW1", "db1"]
    assert [(name.partition("[")[0], verdict) for name, verdict in verdicts(report)] == [
        (name, "right") for name in names
    ]
    assert report.diagnostics == []


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("y] -= 1", "y] += 1", "dscores /= N"),
        ("dscores /= N", "dscores /= 2", "dscores /= 2"),
        ("hidden <= 0", "hidden >= 0", "dhidden[hidden >= 0] = 0"),
        ("dscores.dot(W2.T)", "2 * dscores.dot(W2.T)", "dhidden = 2 * dscores.dot(W2.T)"),
        ("X.T.dot(dhidden)", "X.T.dot(dhidden) / N", "dW1 = X.T.dot(dhidden) / N"),
    ],
)
def test_a_mistake_in_a_classifier_is_found_on_its_line(right: str, wrong: str, line: str) -> None:
    report = verified(CLASSIFIER.replace(right, wrong))
    places = [report.source.place(found.span.start).line for found in report.diagnostics]
    assert [report.source.line(place).strip() for place in places] == [line]


def test_a_name_that_is_bound_anew_is_followed() -> None:
    assert [verdict for _, verdict in verdicts(verified(LAYER))] == ["right"] * 6


@pytest.mark.parametrize(
    "mask",
    ["dh *= h > 0", "dh[h <= 0] = 0", "dh = np.where(h > 0, dh, 0)", "dh = np.multiply(dh, np.int64(h > 0))"],
)
def test_a_mask_may_be_written_in_many_ways(mask: str) -> None:
    report = verified(LAYER.replace("dh = dh * (h > 0)", mask))
    assert (report.diagnostics, {verdict for _, verdict in verdicts(report)}) == ([], {"right"})


def test_a_mask_on_a_copy_is_that_of_relu() -> None:
    text = LAYER.replace("    dh = dout @ W2.T\n    dh = dh * (h > 0)\n", "")
    text = text.replace("h = np.maximum(0, x @ W1 + b1)", "z = x @ W1 + b1\n    h = np.maximum(0, z)")
    lines = "    dh = dout @ W2.T\n    dz = np.array(dh, copy=True)\n    dz[z <= 0] = 0\n"
    text = text.replace("    dW1 = x.T @ dh\n    db1 = dh", lines + "    dW1 = x.T @ dz\n    db1 = dz")
    report = verified(text)
    assert (report.diagnostics, {verdict for _, verdict in verdicts(report)}) == ([], {"right"})


def test_without_a_loss_each_formula_is_a_step_of_its_own() -> None:
    report = verified(LAYER.replace("dh * (h > 0)", "dh * (1 - h)").replace("h.T @ dout", "h.T @ (2 * dout)"))
    lines = [report.source.place(found.span.start).line for found in report.diagnostics]
    texts = [report.source.line(line).strip() for line in lines]
    assert texts == ["dW2 = h.T @ (2 * dout)", "dh = dh * (1 - h)"]


LOOKED_UP = """\
import numpy as np

E = np.random.randn(10, 4)
rows = np.array([1, 2, 1])
W = np.random.randn(4, 5)
X = E[rows]
Z = X @ W
J = np.sum(Z ** 2)
dZ = 2 * Z
dX = dZ @ W.T
dE = np.zeros_like(E)
np.add.at(dE, rows, dX)
"""
ADDED = "np.add.at(dE, rows, dX)"


@pytest.mark.parametrize("adding", [ADDED, "np.subtract.at(dE, rows, -dX)", "numpy.add.at(dE, (rows,), dX)"])
def test_what_is_added_at_places_is_followed(adding: str) -> None:
    report = verified(LOOKED_UP.replace(ADDED, adding))
    assert (report.diagnostics, [verdict for _, verdict in verdicts(report)]) == ([], ["right"] * 3)


@pytest.mark.parametrize("adding", ["dE[rows] += dX", "dE[rows] -= -dX"])
def test_what_is_added_at_places_of_which_one_comes_twice_is_added_once(adding: str) -> None:
    (found,) = verified(LOOKED_UP.replace(ADDED, adding)).diagnostics
    assert "`+=` adds only once at a place that is named twice; np.add.at adds each time" in found.message


GATHERED = """\
E: V x D
idx: {}
X = E[idx]
L = np.sum(X**2)
dX = 2 * X
{}
"""


@pytest.mark.parametrize("places", ["N", "(N,)"])
@pytest.mark.parametrize("adding", ["np.add.at(dE, idx, dX)", "np.add.at(dE, idx, 2 * E[idx])"])
def test_places_that_are_declared_are_followed(places: str, adding: str) -> None:
    report = verify(Source(GATHERED.format(places, adding), "net.formulas"))[0]
    assert (report.diagnostics, [verdict for _, verdict in verdicts(report)]) == ([], ["right"] * 2)


@pytest.mark.parametrize("places", ["N", "(N,)"])
@pytest.mark.parametrize(
    ("adding", "said"),
    [
        ("dE[idx] += dX", "`+=` adds only once at a place that is named twice"),
        ("np.add.at(dE, idx, X)", "a factor of 2 is missing"),
        ("np.subtract.at(dE, idx, dX)", "the sign is flipped"),
    ],
)
def test_what_is_added_at_declared_places_is_judged(places: str, adding: str, said: str) -> None:
    report = verify(Source(GATHERED.format(places, adding), "net.formulas"))[0]
    (found,) = report.diagnostics
    assert report.source.slice(found.span) == adding
    assert said in found.message


@pytest.mark.parametrize("rows", ["np.random.permutation(10)[:3]", "np.random.choice(10, 3, replace=False)"])
def test_places_that_are_drawn_apart_do_not_come_twice(rows: str) -> None:
    text = LOOKED_UP.replace("np.array([1, 2, 1])", rows).replace(ADDED, "dE[rows] += dX")
    assert verified(text).diagnostics == []
