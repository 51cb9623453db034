"""The settings of the project that a call is made in; what is wrong with them is a wrong call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..configuration import Configuration, ConfigurationError, Configurations
from ..settings import Settings
from ._command import UsageError


def configured(folder: str = ".") -> Configuration:
    """What holds in a folder; UsageError where it cannot be read."""
    with configuring():
        return Configurations().of_folder(folder)


def settings_with(options: Mapping[str, Any]) -> Settings:
    """The settings of this folder with options in place of what they say."""
    with configuring():
        return Configurations(options).of_folder(".").settings


@contextmanager
def configuring() -> Iterator[None]:
    """Says as a wrong call that a file of settings cannot be read."""
    try:
        yield
    except ConfigurationError as error:
        raise UsageError(str(error)) from error
