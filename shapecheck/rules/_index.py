"""Look rules up by code. The codes come from file names, and a rule is imported on first use."""

from __future__ import annotations

from typing import cast

from ..registry import Registry
from ._rule import Rule


class Rules:
    """`rules["SC201"]` is one rule, `rules.codes` lists all codes."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return self._registry.names

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, sorted, without importing any rule."""
        return tuple(name.partition("_")[0].upper() for name in self.files)

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Rule:
        """The rule with a code; KeyError if there is none."""
        return cast("Rule", self._registry[dict(zip(self.codes, self.files, strict=True))[code]])

    def all(self) -> tuple[Rule, ...]:
        """All rules, in code order."""
        return tuple(self[code] for code in self.codes)
