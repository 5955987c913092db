"""The worked notebook runs on the facts that ship, and each of its cells shows what its text says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from graph.store import Store
from tests.helpers import ONE_ENGINE

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebooks" / "2009-replayed.ipynb"
# What stands in the output of each cell of code, in their order; the first makes none.
SHOWN = (
    ("text/html", ()),
    ("text/html", ("Partners that could help, 2009-06-01", "what is known today about 2009-06-01", "Sources (")),
    ("text/html", ("partner.name", "Organization of American States")),
    ("text/html", ("CAN", "USA", "United Nations Office on Drugs and Crime")),
    ("text/html", ("Programmes that could carry a 1540 component, 2009-10-01", "SL/001440")),
    ("text/html", ("Law enforcement",)),
    ("text/html", ("2010",)),
    ("text/html", ("European Union",)),
    ("image/png", ("iVBORw0KGgo",)),
    ("text/html", ("sector", "programmes")),
)


@ONE_ENGINE
def test_the_notebook_runs_and_each_cell_shows_what_it_should(
    shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(shipped.settings.data_dir))
    for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells), "it is stored without what it made"

    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()

    for cell, (kind, texts) in zip(cells, SHOWN, strict=True):
        data = [output.data.get(kind, "") for output in cell.outputs]
        assert len(data) == (1 if texts else 0), cell.outputs
        assert all(text in data[0] for text in texts), cell.source
