"""Right backward passes pass whole; of each planted mistake there is one finding, on its line, with its code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shapecheck.diagnostic import Diagnostic, Report
from shapecheck.evaluate import silently
from shapecheck.gradient import gradients, graphs
from shapecheck.text import Source, apply_edits
from shapecheck.verification import verify
from shapecheck.verification._choice import chosen
from shapecheck.verification._passes import work_of
from shapecheck.verification._prepared import prepared
from shapecheck.verification._relations import agree
from shapecheck.verification._trial import Trial

from .networks import NETWORKS, Mistake, Network

PLANTED = [(network, mistake) for network in NETWORKS for mistake in network.mistakes]
IDS = [f"{network.name}: {mistake.wrong}" for network, mistake in PLANTED]


def reports(network: Network, text: str) -> tuple[Report, ...]:
    return verify(Source(text, f"network{network.suffix}"))


def found(network: Network, text: str) -> list[Diagnostic]:
    return [each for report in reports(network, text) for each in report.diagnostics]


def planted(network: Network, mistake: Mistake) -> str:
    assert network.text.count(mistake.right) == 1
    return network.text.replace(mistake.right, mistake.wrong)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_a_right_backward_pass_is_right(network: Network) -> None:
    assert found(network, network.text) == []


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_every_gradient_is_verified(network: Network) -> None:
    formulas = [formula for report in reports(network, network.text) for formula in report.formulas]
    gradients = [formula for formula in formulas if (formula.name or "").startswith("d")]
    assert len(gradients) > 1
    assert [formula.name for formula in gradients if not formula.gradient_of] == []


@pytest.mark.parametrize(("network", "mistake"), PLANTED, ids=IDS)
def test_a_mistake_is_found_on_its_line(network: Network, mistake: Mistake) -> None:
    text = planted(network, mistake)
    line = Source(text).place(text.index(mistake.wrong)).line
    (told,) = found(network, text)
    assert (told.code, Source(text).place(told.span.start).line) == (mistake.code, line)
    assert mistake.words in " ".join((told.message, *told.notes))


@pytest.mark.parametrize(("network", "mistake"), PLANTED, ids=IDS)
def test_a_fix_is_the_gradient(network: Network, mistake: Mistake) -> None:
    text = planted(network, mistake)
    for told in found(network, text):
        assert len(told.fixes) <= 1
        for fix in told.fixes:
            assert found(network, apply_edits(text, fix.edits)) == []


def test_nearly_every_mistake_has_a_fix() -> None:
    fixes = [told.fixes for network, mistake in PLANTED for told in found(network, planted(network, mistake))]
    assert sum(map(bool, fixes)) >= 0.85 * len(PLANTED)


def derived(network: Network) -> Iterator[tuple[str, bool]]:
    """Each gradient that the sweep derives of a network, and whether its value is the true one."""
    for graph in graphs(Source(network.text, f"network{network.suffix}")):
        found = chosen(work_of(prepared(graph)), 3).trial
        trial = Trial(found.work, found.world, found.reading._replace(before=False, outside=False))
        known = set(trial.world.gradients) - trial.world.free - {graph.loss}
        with silently():
            for gradient in gradients(graph, list(trial.world.gradients), per_example=bool(trial.reading.each)):
                if gradient.of in known:
                    yield gradient.of, agree(trial.value(gradient.value), trial.gradient(gradient.of))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_the_derivation_verifies(network: Network) -> None:
    told = list(derived(network))
    assert len(told) > 1
    assert [variable for variable, is_right in told if not is_right] == []
