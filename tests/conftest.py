"""What all tests share: the `--update` flag and how hard hypothesis tries (`--hypothesis-profile=ci|dev|long`)."""

from __future__ import annotations

import signal

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("pytester",)

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("dev", max_examples=200, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("long", max_examples=20_000, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.load_profile("ci")


def pytest_configure() -> None:
    """Let an interrupt end what the tests start, also where they run under nohup, which ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update` writes what commands print into the cases, in place of comparing."""
    parser.addoption("--update", action="store_true", help="rewrite the expected outputs of tests/cases")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are rewritten."""
    return bool(request.config.getoption("--update"))
