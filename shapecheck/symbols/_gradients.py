"""How gradients are spelled: `dW`, `dL_dW`, `W_grad`, `grad_loss_wrt_W`, `ΔW` are of W."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ERRORS = {"δ": "Z", "delta": "Z"}
"""What stands for the gradient of something that its own name does not say."""
_WORDS = frozenset(
    "det diag dot dropout dim dims data dense depth dist div dtype degree dx_dt dt decay diff domain d delta_t".split()
)
"""Names that begin as a gradient does, and are none."""
_LOSSES = frozenset("J L E C ℓ l loss cost error Loss Cost Error mse MSE ce CE nll NLL".split())
"""What a loss is called in the name of a gradient."""
_ENTRY = re.compile(r'(.+)\["(\w+)"\]\Z')
_OF_LOSS = re.compile(r"grad(?:ient)?s?_")
_BEFORE = re.compile(r"grad(?=[A-Z])|(?:delta_)?nabla_|d|g(?=[A-Z]|[bw]\d*\Z)")
_BEHIND = re.compile(r"_grad(?:ient)?s?\Z|\.grad\Z")
_CHANGE_BEFORE = re.compile(r"[δΔ]|[dD]elta_(?!nabla_)")
_CHANGE_BEHIND = re.compile(r"_delta\Z")


class Derived(NamedTuple):
    """What a name is spelled as the gradient of; a change has the shape too, and is the gradient up to a factor."""

    variable: str
    is_change: bool = False


NOTHING = Derived("")


@lru_cache(maxsize=1 << 16)
def derived(name: str) -> Derived:
    """The variable for the name of its gradient: W for `dW`, Z for `δ`; none where a name is spelled as no gradient."""
    if name in ERRORS:
        return Derived(ERRORS[name])
    if name in _WORDS:
        return NOTHING
    entry = _ENTRY.match(name)
    if entry:
        return _of_entry(name, entry)
    owner, dot, own = name.rpartition(".")
    if dot and own != "grad":
        found = derived(own)
        return Derived(f"{owner}.{found.variable}", found.is_change) if found.variable else NOTHING
    variable = _by_loss(name)
    return Derived(variable) if variable else _by_sign(name)


def _of_entry(name: str, entry: re.Match[str]) -> Derived:
    """`grads["dW"]`, `grads["W"]`: the entry of that name among the gradients."""
    own = derived(entry[2]).variable or (entry[2] if "grad" in entry[1] else "")
    return Derived(own and f'{entry[1]}["{own}"]')


def _by_loss(name: str) -> str:
    """W for `dL_dW`, `dLdW`, `d_loss_d_W`, `grad_loss_wrt_W`: the loss has a name of its own."""
    start = _OF_LOSS.match(name)
    if start:
        loss, _, rest = name[start.end() :].partition("_")
        return (rest if loss in _LOSSES and rest else name[start.end() :]).removeprefix("wrt_")
    for sign in re.finditer(r"_?(?:d|wrt)_?", name[1:]) if name[:1] == "d" else ():
        if name[1 : sign.start() + 1].strip("_") in _LOSSES and name[sign.end() + 1 :][:1].isalpha():
            return name[sign.end() + 1 :]
    return ""


def _by_sign(name: str) -> Derived:
    """W for `dW`, `W_grad`, `ΔW`, `W_delta`: a sign before or behind it."""
    for sign, is_change in ((_CHANGE_BEFORE, True), (_BEFORE, False)):
        start = sign.match(name)
        variable = name[start.end() :].lstrip("_") if start else ""
        if variable:
            return Derived(variable, is_change)
    for sign, is_change in ((_CHANGE_BEHIND, True), (_BEHIND, False)):
        end = sign.search(name)
        if end:
            return Derived(name[: end.start()], is_change)
    return NOTHING
