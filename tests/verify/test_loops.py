"""Passes through a loop over time: what holds within one is judged, and the next one hands its gradient back."""

from __future__ import annotations

import pytest

from shapecheck.diagnostic import Report
from shapecheck.text import Source
from shapecheck.verification import verify

RECURRENT = '''\
import numpy as np


def gradients(inputs, targets, before, Wx, Wh, Wo, bh, bo):
    """
    Wx: shape (H, V)
    Wh: shape (H, H)
    Wo: shape (V, H)
    bh: shape (H, 1)
    bo: shape (V, 1)
    """
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(before)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((Wx.shape[1], 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wx, xs[t]) + np.dot(Wh, hs[t - 1]) + bh)
        ys[t] = np.dot(Wo, hs[t]) + bo
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWx, dWh, dWo = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(Wo)
    dbh, dbo = np.zeros_like(bh), np.zeros_like(bo)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWo += np.dot(dy, hs[t].T)
        dbo += dy
        dh = np.dot(Wo.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWx += np.dot(dhraw, xs[t].T)
        dWh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Wh.T, dhraw)
    return loss, dWx, dWh, dWo, dbh, dbo
'''

GATED = '''\
import numpy as np


def gradients(inputs, targets, h0, c0, Wf, Wg, Wo, bf, bg, bo, Wy):
    """
    Wf, Wg, Wo: shape (H, H + V)
    Wy: shape (V, H)
    bf, bg, bo: shape (H, 1)
    h0, c0: shape (H, 1)
    """
    V, H = Wy.shape
    xs, zs, fs, gs, os, cs, hs, ps = {}, {}, {}, {}, {}, {}, {}, {}
    hs[-1], cs[-1] = np.copy(h0), np.copy(c0)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((V, 1))
        xs[t][inputs[t]] = 1
        zs[t] = np.concatenate([hs[t - 1], xs[t]])
        fs[t] = sigmoid(Wf @ zs[t] + bf)
        gs[t] = np.tanh(Wg @ zs[t] + bg)
        os[t] = sigmoid(Wo @ zs[t] + bo)
        cs[t] = fs[t] * cs[t - 1] + (1 - fs[t]) * gs[t]
        hs[t] = os[t] * np.tanh(cs[t])
        ps[t] = softmax(Wy @ hs[t])
        loss -= np.log(ps[t][targets[t], 0])
    dWf, dWg, dWo, dWy = map(np.zeros_like, (Wf, Wg, Wo, Wy))
    dhnext, dcnext = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(inputs))):
        dy = ps[t].copy()
        dy[targets[t]] -= 1
        dWy += dy @ hs[t].T
        dh = Wy.T @ dy + dhnext
        dc = dh * os[t] * (1 - np.tanh(cs[t]) ** 2) + dcnext
        dfraw = dc * (cs[t - 1] - gs[t]) * fs[t] * (1 - fs[t])
        dgraw = dc * (1 - fs[t]) * (1 - gs[t] ** 2)
        doraw = dh * np.tanh(cs[t]) * os[t] * (1 - os[t])
        dWf += dfraw @ zs[t].T
        dWg += dgraw @ zs[t].T
        dWo += doraw @ zs[t].T
        dz = Wf.T @ dfraw + Wg.T @ dgraw + Wo.T @ doraw
        dhnext = dz[:H, :]
        dcnext = dc * fs[t]
    return loss, dWf, dWg, dWo, dWy
'''

MISTAKES = [
    ("dy[targets[t]] -= 1", "dy[targets[t]] += 1"),
    ("dWo += np.dot(dy, hs[t].T)", "dWo += np.dot(dy, hs[t - 1].T)"),
    ("dWo += np.dot(dy, hs[t].T)", "dWo += 2 * np.dot(dy, hs[t].T)"),
    ("dbo += dy", "dbo -= dy"),
    ("dbo += dy", "dbo += ps[t]"),
    ("dh = np.dot(Wo.T, dy) + dhnext", "dh = np.dot(Wo.T, dy) - dhnext"),
    ("dh = np.dot(Wo.T, dy) + dhnext", "dh = np.dot(Wo.T, ps[t]) + dhnext"),
    ("dhraw = (1 - hs[t] * hs[t]) * dh", "dhraw = (1 - hs[t]) * dh"),
    ("dhraw = (1 - hs[t] * hs[t]) * dh", "dhraw = hs[t] * (1 - hs[t]) * dh"),
    ("dbh += dhraw", "dbh += dh"),
    ("dWx += np.dot(dhraw, xs[t].T)", "dWx += np.dot(dh, xs[t].T)"),
    ("dWh += np.dot(dhraw, hs[t - 1].T)", "dWh += np.dot(dhraw, hs[t].T)"),
    ("dhnext = np.dot(Wh.T, dhraw)", "dhnext = np.dot(Wh.T, dh)"),
    ("dhnext = np.dot(Wh.T, dhraw)", "dhnext = np.dot(Wh, dhraw)"),
    ("dhnext = np.dot(Wh.T, dhraw)", "dhnext = dhraw"),
]
OTHERWISE = [
    ("dhraw = (1 - hs[t] * hs[t]) * dh", "dhraw = dh * (1 - hs[t] ** 2)"),
    ("dhraw", "dz"),
    ("dhnext", "dh_next"),
    ("np.dot(Wo.T, dy) + dhnext", "dhnext + Wo.T @ dy"),
    ("dy = np.copy(ps[t])", "dy = ps[t].copy()"),
    ("loss += -np.log(ps[t][targets[t], 0])", "loss -= np.log(ps[t][targets[t], 0])"),
    ("loss += -np.log(ps[t][targets[t], 0])", "loss += -np.log(ps[t][targets[t]])"),
    ("np.exp(ys[t]) / np.sum(np.exp(ys[t]))", "softmax(ys[t])"),
    ("np.dot(dy, hs[t].T)", "np.outer(dy, hs[t])"),
    ("hs[-1] = np.copy(before)", "hs[-1] = np.zeros((Wh.shape[0], 1))"),
]


def verified(text: str) -> Report:
    return verify(Source(text, "network.py"))[0]


def verdicts(report: Report) -> list[str]:
    return [each.verdict for each in report.formulas if each.verdict]


def blamed(report: Report) -> list[str]:
    lines = [report.source.place(found.span.start).line for found in report.diagnostics]
    return [report.source.line(line).strip() for line in lines]


@pytest.mark.parametrize(("text", "count"), [(RECURRENT, 9), (GATED, 9)])
def test_what_holds_within_one_pass_is_right(text: str, count: int) -> None:
    report = verified(text)
    assert report.diagnostics == []
    assert verdicts(report) == ["right"] * count


@pytest.mark.parametrize(("right", "otherwise"), OTHERWISE)
def test_it_may_be_written_otherwise(right: str, otherwise: str) -> None:
    report = verified(RECURRENT.replace(right, otherwise))
    assert report.diagnostics == []
    assert set(verdicts(report)) == {"right"}


@pytest.mark.parametrize(("right", "wrong"), MISTAKES)
def test_a_mistake_is_found_where_it_is(right: str, wrong: str) -> None:
    assert blamed(verified(RECURRENT.replace(right, wrong))) == [wrong]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("dc = dh * os[t] * (1 - np.tanh(cs[t]) ** 2) + dcnext", "dc = dh * os[t] * (1 - cs[t] ** 2) + dcnext"),
        ("dcnext = dc * fs[t]", "dcnext = dc * (1 - fs[t])"),
        ("dz = Wf.T @ dfraw + Wg.T @ dgraw + Wo.T @ doraw", "dz = Wf.T @ dfraw + Wg.T @ dgraw"),
        ("dWg += dgraw @ zs[t].T", "dWg += dfraw @ zs[t].T"),
    ],
)
def test_a_mistake_in_one_of_two_states_is_found(right: str, wrong: str) -> None:
    assert blamed(verified(GATED.replace(right, wrong))) == [wrong]


def test_a_gradient_that_stops_after_one_step_is_not_judged() -> None:
    report = verified(RECURRENT.replace(" + dhnext", ""))
    assert report.diagnostics == []
    (found,) = [each for each in report.formulas if each.verdict == "not verified"]
    assert found.name == "dh"
    assert found.why == "what the next step adds to it is missing, as where gradients go back through one step only"


def test_the_reason_is_the_shape_that_is_not_known() -> None:
    report = verified(GATED.replace("h0, c0: shape (H, 1)", ""))
    reasons = {each.why for each in report.formulas if each.verdict == "not verified"}
    assert reasons == {f"the shape of {state}[t - 1] is not known" for state in ("hs", "cs")}


NAMED = """\
import numpy as np


def step(x, W, V, y):
    \"\"\"
    x: shape (N, D)
    W: shape (D, H)
    V: shape (H, K)
    y: shape (N, K)
    \"\"\"
    h = np.tanh(x @ W)
    s = h @ V
    loss = 0.5 * np.sum((s - y) ** 2)
    ds = s - y
    dV = h.T @ ds
    dh = ds @ V.T
    NAME = dh * (1 - h ** 2)
    dW = x.T @ NAME
    return loss, dW, dV
"""


@pytest.mark.parametrize("name", ["dz", "dhraw", "dh_pre", "dtanh", "delta", "delta1", "da"])
def test_the_gradient_before_an_activation_is_judged_under_its_own_name(name: str) -> None:
    text = NAMED.replace("NAME", name)
    assert verdicts(verified(text)) == ["right"] * 5
    assert blamed(verified(text.replace("(1 - h ** 2)", "(1 - h)"))) == [f"{name} = dh * (1 - h)"]


@pytest.mark.parametrize("name", ["decay", "diff", "t", "dot"])
def test_a_product_under_another_name_is_no_gradient(name: str) -> None:
    report = verified(NAMED.replace("    return", f"    {name} = dh * h\n    return").replace("NAME", "dz"))
    assert report.diagnostics == []
    assert verdicts(report) == ["right"] * 5
