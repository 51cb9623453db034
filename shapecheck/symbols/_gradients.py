"""How gradients are spelled: `dW`, `dL_dW`, `W_grad`, `grad_loss_wrt_W`, `ΔW` are of W."""

from __future__ import annotations

from functools import lru_cache

from ..values import NamedTuple
from ..vocabulary import LOSSES

ERRORS = {"δ": "Z", "delta": "Z"}
"""What stands for the gradient of something that its own name does not say."""
OF_NUMBER = "∇"
"""How the key of a number's gradient begins that does not say by which variable it is: `∇L`."""
SECOND = "∂²"
"""How the key of a number's second derivative begins that does not say by what it is: `∇²f`."""
_NABLAS = ("∇", "\\nabla", "grad")
_WORDS = frozenset(
    "det diag dot dropout dim dims data dense depth dist div dtype degree dx_dt dt decay diff domain d delta_t".split()
)
"""Names that begin as a gradient does, and are none."""
_OF_LOSS = ("grad_", "grads_", "gradient_", "gradients_")
_BEFORE = ("nabla_", "delta_nabla_")
_BEHIND = ("_grad", "_grads", "_gradient", "_gradients", ".grad")
_CHANGED = ("δ", "Δ", "delta_", "Delta_")


class Derived(NamedTuple):
    """What a name is spelled as the gradient of; a change has the shape too, and is the gradient up to a factor."""

    variable: str
    is_change: bool = False


NOTHING = Derived("")


def is_nabla(text: str, base: str) -> bool:
    """Whether a name is a gradient sign before what may as well be the number that is derived: `∇L`, `grad L`."""
    return base[:1] == "d" and text.startswith(_NABLAS)


@lru_cache(maxsize=1 << 16)
def derived(name: str) -> Derived:
    """The variable for the name of its gradient: W for `dW`, Z for `δ`; none if a name is spelled as no gradient."""
    if name in ERRORS:
        return Derived(ERRORS[name])
    if name in _WORDS:
        return NOTHING
    owner, bracket, key = name.rpartition('["')
    if bracket:
        return _of_entry(owner, key.removesuffix('"]'))
    owner, dot, own = name.rpartition(".")
    if dot and own != "grad":
        found = derived(own)
        return Derived(f"{owner}.{found.variable}", found.is_change) if found.variable else NOTHING
    variable = _by_loss(name)
    return Derived(variable) if variable else _by_sign(name)


def _of_entry(owner: str, key: str) -> Derived:
    """`grads["dW"]`, `grads["W"]`: the entry of that name among the gradients."""
    own = derived(key).variable or (key if "grad" in owner else "")
    return Derived(own and f'{owner}["{own}"]')


def _by_loss(name: str) -> str:
    """W for `dL_dW`, `dLdW`, `d_loss_d_W`, `grad_loss_wrt_W`: the loss has a name of its own."""
    start = next((start for start in _OF_LOSS if name.startswith(start)), "")
    if start:
        loss, _, rest = name.removeprefix(start).partition("_")
        return (rest if loss in LOSSES and rest else name.removeprefix(start)).removeprefix("wrt_")
    for sign in ("wrt", "d") if name[:1] == "d" else ():
        at = name.find(sign, 2)
        while at > 0:
            variable = name[at + len(sign) :].lstrip("_")
            if name[1:at].strip("_") in LOSSES and variable[:1].isalpha():
                return variable
            at = name.find(sign, at + 1)
    return ""


def _by_sign(name: str) -> Derived:
    """W for `dW`, `W_grad`, `ΔW`, `W_delta`: a sign before or after it."""
    before = next((sign for sign in (*_BEFORE, *_CHANGED, "d") if name.startswith(sign)), "")
    if before and (variable := name.removeprefix(before).lstrip("_")):
        return Derived(variable, before in _CHANGED)
    if name.endswith("_delta"):
        return Derived(name.removesuffix("_delta"), is_change=True)
    behind = next((sign for sign in _BEHIND if name.endswith(sign)), "")
    return Derived(name.removesuffix(behind)) if behind else Derived(_by_letter(name))


def _by_letter(name: str) -> str:
    """W for `gW` and `gradW`, b for `gb1`: what follows is not a word that begins with a g by chance."""
    rest = name.removeprefix("grad") if name.startswith("grad") else name[1:] if name[:1] == "g" else ""
    is_weight = rest[:1] in ("b", "w") and (rest[1:].isdecimal() or not rest[1:])
    return rest if rest[:1].isupper() or (is_weight and name[1:] == rest) else ""
