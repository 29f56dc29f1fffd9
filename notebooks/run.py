"""Execute every notebook on a folder of articles; the last one leaves the briefing.

    python notebooks/run.py [--articles FOLDER] [--out FOLDER] [--keep FOLDER]

Prints one line per notebook. The notebooks themselves are not changed; `--keep` writes the
executed copies (notebook and HTML) to a folder.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).parent
ROOT = HERE.parent


def with_parameters(notebook: nbformat.NotebookNode, parameters: dict) -> nbformat.NotebookNode:
    """A copy of the notebook with a cell that sets `parameters` after the one tagged so.

    Raises
    ------
    ValueError
        If the notebook has not exactly one such cell.
    """
    tagged = [n for n, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise ValueError(f"expected one cell tagged 'parameters', found {len(tagged)}")
    copy = nbformat.from_dict(notebook)
    lines = [f"{name} = {value!r}" for name, value in parameters.items()]
    copy.cells.insert(tagged[0] + 1, nbformat.v4.new_code_cell("\n".join(lines)))
    return copy


def execute(path: Path, parameters: dict) -> nbformat.NotebookNode:
    """The executed notebook, run in its own folder by a fresh kernel."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    notebook = with_parameters(nbformat.read(path, as_version=4), parameters)
    with tempfile.TemporaryDirectory(prefix="tellings-") as folder:
        # sockets in a file system need no network; they lie beside the connection file
        manager = AsyncKernelManager(
            transport="ipc",
            kernel_name="python3",
            connection_file=str(Path(folder) / "kernel.json"),
        )
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=600,
            record_timing=False,
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            return client.execute()
        finally:
            # the client leaves a kernel that it was given running
            run_sync(manager.shutdown_kernel)(now=True)


def keep(notebook: nbformat.NotebookNode, folder: Path, path: Path) -> None:
    """Write an executed notebook to `folder`, and as a page that needs no network."""
    from nbconvert import HTMLExporter

    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / path.name)
    page, _ = HTMLExporter(mathjax_url="", require_js_url="").from_notebook_node(notebook)
    (folder / f"{path.stem}.html").write_text(page, encoding="utf-8")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, default=ROOT / "seeds")
    parser.add_argument("--out", type=Path, default=ROOT / "briefing")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    paths = sorted(HERE.glob("[0-9]*.ipynb"))

    def run(path: Path) -> tuple[nbformat.NotebookNode, float]:
        parameters = {"articles": str(options.articles.resolve())}
        if path == paths[-1]:
            parameters["out"] = str(options.out.resolve())
        begin = time.perf_counter()
        return execute(path, parameters), time.perf_counter() - begin

    # each notebook has a kernel of its own, so two fill two cores; the longest begins first
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        running = {path: pool.submit(run, path) for path in reversed(paths)}
        for path in paths:
            try:
                done, seconds = running[path].result()
            except CellExecutionError as error:
                pool.shutdown(cancel_futures=True)
                print(f"{path.name} failed:\n{error}", file=sys.stderr)
                return 1
            print(f"{path.name}  {seconds:.1f} s", flush=True)
            if options.keep:
                keep(done, options.keep, path)
    print(f"The briefing is in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
