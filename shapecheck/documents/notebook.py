"""A Jupyter notebook: each cell is Markdown or Python; places are the cell's, edits are made in the file's JSON."""

from __future__ import annotations

from ._document import Document, later

document = Document(
    "notebook",
    (".ipynb",),
    later("_notebook.windows"),
    texts=later("_notebook.texts"),
    sources=later("_notebook.sources"),
    host_edits=later("_notebook.host_edits"),
)
