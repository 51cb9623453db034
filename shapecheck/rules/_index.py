"""Look rules up by code. The codes come from file names, and a rule is imported on first use."""

from __future__ import annotations

from typing import cast

from ..registry import Registry
from ._rule import Rule


class Rules:
    """`rules["SC201"]` is one rule, `rules.codes` lists all codes."""

    def __init__(self, *folders: Registry) -> None:
        self._folders = folders

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(name for folder in self._folders for name in folder.names if name.startswith("sc")))

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, sorted, without importing any rule."""
        return tuple(name.partition("_")[0].upper() for name in self.files)

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Rule:
        """The rule with a code; KeyError if there is none."""
        name = dict(zip(self.codes, self.files, strict=True))[code]
        return cast("Rule", next(folder[name] for folder in self._folders if name in folder))

    def all(self) -> tuple[Rule, ...]:
        """All rules, in code order."""
        return tuple(self[code] for code in self.codes)
