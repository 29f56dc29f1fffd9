"""JupyterLab in Chromium: a notebook runs for an analyst who opens it and runs all cells."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  const session = panel.sessionContext.session;
  for (let i = 0; i < 300; i++) {
    const kernel = session?.kernel;
    if (kernel?.connectionStatus === 'connected' && kernel.status === 'idle') break;
    await new Promise(done => setTimeout(done, 200));
  }
  await app.commands.execute('notebook:run-all-cells');
  const cells = panel.content.model.cells;
  let errors = 0, outputs = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells.get(i);
    if (cell.type !== 'code') continue;
    for (const output of cell.sharedModel.getOutputs()) {
      outputs++;
      if (output.output_type === 'error') errors++;
    }
  }
  return { errors, outputs };
}"""


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab on a copy of the notebooks and the seeds."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--IdentityProvider.token=t", "--expose-app-in-browser"]
    command += ["--allow-root", f"--notebook-dir={folder}"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(150):
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    options = "--no-sandbox --disable-gpu --disable-quic --no-first-run".split()
    options += "--disable-background-networking --disable-component-update --disable-sync".split()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


@pytest.mark.parametrize(
    "name", sorted(p.name for p in (ROOT / "notebooks").glob("[0-9]*.ipynb") if p.name[:2] != "07")
)
def test_notebook_runs_in_jupyterlab(name, lab, page, tmp_path):
    page.set_default_timeout(180_000)
    page.goto(f"{lab}/lab/tree/notebooks/{name}?token=t&reset")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context")
    result = page.evaluate(RUN_ALL)
    shots = Path(os.environ.get("TELLINGS_SCREENSHOTS") or tmp_path)
    page.screenshot(path=str(shots / f"{name}.png"))
    assert result["errors"] == 0
    assert result["outputs"] >= 4
