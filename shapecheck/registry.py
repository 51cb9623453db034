"""A folder whose modules are members: looked up by file name and imported on first use."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any


class Registry:
    """The members of a package: each public module holds one, under the attribute `member`."""

    def __init__(self, package: str, folder: str, member: str) -> None:
        self._package = package
        self._folder = folder
        self._member = member
        self._names: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, sorted, without importing any."""
        if self._names is None:
            public = (name for name in os.listdir(self._folder) if not name.startswith("_"))
            modules = (os.path.splitext(name) for name in public)
            self._names = tuple(sorted(stem for stem, suffix in modules if suffix == ".py" or self._is_package(stem)))
        return self._names

    def _is_package(self, name: str) -> bool:
        return os.path.exists(os.path.join(self._folder, name, "__init__.py"))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> Any:
        """The member with that name; KeyError if there is none."""
        if name not in self.names:
            raise KeyError(name)
        return getattr(import_module(f"{self._package}.{name}"), self._member)

    def all(self) -> tuple[Any, ...]:
        """All members, in order of their names."""
        return tuple(self[name] for name in self.names)
