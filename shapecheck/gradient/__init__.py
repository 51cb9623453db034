"""The gradients of forward equations: `graphs` reads the equations, `gradients` goes backward through a graph."""

from ..ops._gradient import NoGradient
from ._changes import is_changed, is_zero
from ._graph import EACH, GRADIENT, KRONECKER, REBOUND, TURNED, UNWRITTEN, Claim, Graph, Side, Step
from ._layers import unrolled
from ._layouts import may_be_turned
from ._names import SIGNS, in_full
from ._read import graphs, laid_out, section_graphs, section_records
from ._record import Record
from ._softmaxes import along_rows, open_softmaxes
from ._summary import is_loss
from ._sweep import Gradient, gradients, refuse_lost
from ._unnamed import by

__all__ = [
    "EACH",
    "GRADIENT",
    "KRONECKER",
    "REBOUND",
    "SIGNS",
    "TURNED",
    "UNWRITTEN",
    "Claim",
    "Gradient",
    "Graph",
    "NoGradient",
    "Record",
    "Side",
    "Step",
    "along_rows",
    "by",
    "gradients",
    "graphs",
    "in_full",
    "is_changed",
    "is_loss",
    "is_zero",
    "laid_out",
    "may_be_turned",
    "open_softmaxes",
    "refuse_lost",
    "section_graphs",
    "section_records",
    "unrolled",
]
