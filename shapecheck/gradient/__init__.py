"""The gradients of a file's forward equations: `graphs` reads them, `gradients` goes back through one."""

from ..ops._gradient import NoGradient
from ._graph import Claim, Graph, Step
from ._read import graphs, laid_out, section_graphs
from ._sweep import Gradient, gradients

__all__ = ["Claim", "Gradient", "Graph", "NoGradient", "Step", "gradients", "graphs", "laid_out", "section_graphs"]
