"""Single lines of code whose names are declared: what shape each has, and what is blamed."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source

IMAGES = ("u: (N, C, H, W)", "P: (D, M)", "g: (N, M)")
CHOSEN = ("S: (N, C)", "y: (N,)", "E: (V, D)", "T: (N, L)", "k: scalar", "F: (V, D, H)")
MASKED = ("S: (N, C)", "R: (N, C)", "u: (N, D)", "y: (N,)", "q: (M,)")


def said(shapes: tuple[str, ...], line: str) -> Report:
    """What is said of a line under some declarations."""
    return check(Source(line, "<formula>"), Settings(shapes=shapes, notation="python"))


@pytest.mark.parametrize(
    ("shapes", "line", "shape"),
    [
        (IMAGES, "du = (g @ P.T).reshape(u.shape[0], *u.shape[1:])", ("N", "C", "H", "W")),
        (IMAGES, "v = g.reshape(*u.shape[:-1], 2)", ("N", "C", "H", "2")),
        (IMAGES, "v = np.zeros(u.shape[1:3])", ("C", "H")),
        (CHOSEN, "s = S[np.arange(N), y]", ("N",)),
        (CHOSEN, "r = S[y]", (None, "C")),
        (CHOSEN, "e = E[T]", ("N", "L", "D")),
        (CHOSEN, "e = E[k, T]", ("N", "L")),
        (CHOSEN, "e = F[0, :, T]", ("N", "L", "D")),
        (CHOSEN, "e = F[:, 0, T]", ("V", "N", "L")),
        (MASKED, "s = S[R > 0]", (None,)),
        (MASKED, "c = u[y == 1].mean(axis=0)", ("D",)),
        (MASKED, "s = S / xp.sum(S, axis=1)[:, xp.newaxis]", ("N", "C")),
        (CHOSEN, "v = max(k, 1)", ()),
        (MASKED, "a = self.activation_prime(S)", ("N", "C")),
        (MASKED, "a = activations[l](S)", ("N", "C")),
        (MASKED, "a = np.sum(S % 2, axis=0)", ("C",)),
        (MASKED, "a = S % R", ("N", "C")),
        (CHOSEN, "a = np.c_[np.ones(N), S].T @ S", ("C + 1", "C")),
        (CHOSEN, "a = np.block([[S, S], [S, S]]) @ np.ones((2 * C, k))", ("2 N", "k")),
        (CHOSEN, "a = np.pad(S, ((0, 0), (1, k))) * 2 @ np.ones((C + k + 1, 2))", ("N", "2")),
        (CHOSEN, "a = np.insert(S, 0, 1, axis=1).T @ S", ("C + 1", "C")),
        (CHOSEN, "a = np.tensordot(S, E, axes=([], [])) @ np.ones((D, 2))", ("N", "C", "V", "2")),
        (CHOSEN, "p = -np.log(S[np.arange(N), y.astype(int) % 2]) @ S", ("C",)),
        (CHOSEN, "p = np.ones(len(S)) @ S", ("C",)),
        (("z: (n, 4 h)", "W: (h, d)"), "a = np.split(z, 4, axis=1)[2] @ W", ("n", "d")),
        (("z: (n, 4 h)", "W: (h, d)"), "a = torch.chunk(z, 4, dim=1)[2] @ W", ("n", "d")),
        (CHOSEN, "a = S.max(dim=1)[0] @ S", ("C",)),
        (CHOSEN, "e = E[y[:, None] + np.arange(k)]", ("N", "k", "D")),
        (CHOSEN, "a = torch.max(S, dim=1, keepdim=True).values.T @ S", ("1", "C")),
        (CHOSEN, "a = y @ (S - S.var(dim=0, unbiased=False, keepdim=True))", ("C",)),
        (CHOSEN, "a = y @ (S / S.norm(p=2, dim=1, keepdim=True))", ("C",)),
        (CHOSEN, "a = torch.einsum('nc,nc->n', [S, S]) @ S", ("C",)),
        (CHOSEN, "a = S.tile(1, 2).T @ S", ("2 C", "C")),
        (CHOSEN, "a = y.unsqueeze(1).expand(-1, 4).T @ torch.exp(S)", ("4", "C")),
        (CHOSEN, "a = torch.exp(S.transpose(0, 1)) @ S", ("C", "C")),
        (CHOSEN, "a = torch.sort(S, dim=1)[0].T @ S", ("C", "C")),
    ],
)
def test_the_shape_of_a_line(shapes: tuple[str, ...], line: str, shape: tuple[str | None, ...]) -> None:
    report = said(shapes, line)
    assert [(each.status, each.shape) for each in report.formulas] == [("ok", shape)]
    assert not report.diagnostics


@pytest.mark.parametrize(
    "line",
    [
        *("y = torch.flatten()", "y = F.linear(S, u, y, y)", "y = torch.matmul(transpose_b=True)", "y = torch.mv(S)"),
        *("y = S.flatten(start_dim=1, end_dim=2)", "y = torch.addmm(S, u)"),
    ],
)
def test_what_another_library_takes_is_not_understood(line: str) -> None:
    report = said(MASKED, line)
    assert [each.status for each in report.formulas] == ["unknown"]
    assert not report.diagnostics


@pytest.mark.parametrize(
    ("shapes", "line", "code"),
    [
        (IMAGES, "du = (P @ g).reshape(*u.shape)", "SC201"),
        (MASKED, "S[u <= 0] = 0", "SC202"),
        (MASKED, "a = S % (S @ R)", "SC201"),
        (MASKED, "a = np.c_[S, q]", "SC207"),
        (MASKED, "a = np.block([[S, u], [R, y[:, None]]])", "SC207"),
        (MASKED, "a = np.append(S, S.T, axis=0)", "SC207"),
        (MASKED, "a = np.tensordot(S, u, axes=1)", "SC201"),
        (MASKED, "a = np.tensordot(S, u, axes=([0], [1]))", "SC201"),
        (MASKED, "a = np.inner(S, u)", "SC201"),
        (MASKED, "a = np.linalg.multi_dot([S, R, u])", "SC201"),
        (MASKED, "a = np.einsum('...i,ij->...j', S, u)", "SC209"),
        (MASKED, "a = np.einsum('...i,...i->...', S, u)", "SC209"),
        (MASKED, "a = np.roll(S, 1, axis=2)", "SC205"),
        (MASKED, "a = np.subtract.outer(S, y) - R", "SC202"),
        (MASKED, "a = S - np.percentile(S, 50, axis=1)", "SC206"),
        (MASKED, "a = np.vdot(S, u)", "SC202"),
        (MASKED, "a = S - torch.max(S, dim=1)[0]", "SC206"),
        (MASKED, "a = y.unsqueeze(1).expand(-1, 4) @ torch.exp(S)", "SC201"),
        (MASKED, "a = torch.tensordot(S, u, dims=([0], [1]))", "SC201"),
        (MASKED, "a = S % u", "SC202"),
        (MASKED, "c = u[q == 1]", "SC202"),
        (("w2: (H, C)", "a: (N, H)", "s: (N, C)"), "grad_w2 = s.T @ a", "SC204"),
        (("self.W2: (H, C)", "a: (N, H)", "s: (N, C)"), "dW2 = s.T @ a", "SC204"),
        (("params['W2']: (H, C)", "a: (N, H)", "s: (N, C)"), "dW2 = s.T @ a", "SC204"),
    ],
)
def test_a_mistake_is_found(shapes: tuple[str, ...], line: str, code: str) -> None:
    report = said(shapes, line)
    assert [each.code for each in report.diagnostics] == [code]


@pytest.mark.parametrize(
    ("shapes", "line"),
    [
        (CHOSEN, "v = np.zeros((k, *dims))"),
        (CHOSEN, "v = S[M]"),
        (CHOSEN, "v = S[*places]"),
        (CHOSEN, "v = np.concatenate(S, 1)"),
        (CHOSEN, "v = np.select([S > 0], [S])"),
        (CHOSEN, "v = np.block([S, [E, F]])"),
        (CHOSEN, "v = np.r_[0:k, S]"),
        (CHOSEN, "v = np.unique(S, return_counts=True) @ E"),
        (CHOSEN, "v = torch.sort(S) @ E"),
        (CHOSEN, "v = S.max(dim=1) @ E"),
        (CHOSEN, "v = S @ sum([y, y])"),
        (("S: (N, C)", "M: (N, C)"), "v = S[M]"),
        (("self.W2: (H, C)", "other.W2: (C, H)", "a: (C, N)"), "v = S[:, a > 1]"),
    ],
)
def test_what_is_not_known_is_not_right(shapes: tuple[str, ...], line: str) -> None:
    assert [each.status for each in said(shapes, line).formulas] == ["unknown"]


def test_an_attribute_goes_before_the_weights_of_a_convention() -> None:
    shapes = ("X: (n, d)", "self.W2: (h, k)", "a1: (n, h)", "s: (n, k)")
    assert not said(shapes, "dW2 = a1.T @ s").diagnostics
