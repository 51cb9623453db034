"""What a run was asked to do, as one value. No file is read here."""

from __future__ import annotations

from collections.abc import Mapping

from .values import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a check.

    `shapes` holds the text of each `-s`, such as `"W2: n2 x n1"`; `conventions` holds a project's own, by name, each
    a mapping such as `{"W[l]": "n[l] x n[l-1]"}`. A `convention` or `notation` of None leaves the choice to the file.
    With `gradients` formulas are evaluated too, on random arrays drawn from the `seed`.
    """

    convention: str | None = None
    notation: str | None = None
    shapes: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    include_notes: bool = True
    gradients: bool = False
    seed: int = 0
    conventions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    root: str | None = None

    def wants(self, code: str, severity: str) -> bool:
        """Whether such findings are reported: `select` and `ignore` hold codes or beginnings of codes.

        Remarks, of the severity `info`, are left out unless `include_notes` is set.
        """
        chosen = (not self.select or code.startswith(self.select)) and (self.include_notes or severity != "info")
        return chosen and not (self.ignore and code.startswith(self.ignore))
