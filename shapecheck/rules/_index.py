"""The rules by their codes, read off the names of the files of a folder; a rule is imported when it is asked for."""

from __future__ import annotations

from typing import cast

from ..registry import Registry
from ._rule import Rule


class Rules:
    """`rules["SC201"]` is that rule, `rules.codes` are all codes."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return self._registry.names

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, sorted; nothing is imported."""
        return tuple(name.partition("_")[0].upper() for name in self.files)

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Rule:
        """The rule of a code; KeyError where there is none."""
        return cast("Rule", self._registry[dict(zip(self.codes, self.files, strict=True))[code]])

    def all(self) -> tuple[Rule, ...]:
        """Every rule, in the order of the codes."""
        return tuple(self[code] for code in self.codes)
