"""Operations that a library has as a function: numpy's under their own names, each in a line."""

from __future__ import annotations

from typing import Any

from ._gradient import refused
from ._op import GradientRule, Op, ShapeRule


def of_numpy(
    name: str, shape: ShapeRule, *calls: str, refusal: str = "", gradient: GradientRule | None = None, **more: Any
) -> Op:
    """An operation that numpy has under this name, and other libraries as one of `calls`; `more` are fields of `Op`.

    A `refusal` names what has no gradient here.
    """
    return Op(
        name,
        shape=shape,
        numpy=lambda np, *given, **params: getattr(np, name)(*given, **params),
        gradient=refused(refusal) if refusal else gradient,
        calls=(f"np.{name}", *calls),
        **more,
    )
