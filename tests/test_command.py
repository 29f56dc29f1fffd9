"""The command: exit statuses, one clear line for bad input, what it writes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.__main__ import main

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command", ["brief", "tables"])
@pytest.mark.parametrize("path", ["missing.txt", "empty"])
def test_bad_input_is_one_line_and_status_2(command, path, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    status = main([command, str(tmp_path / path), "--out", str(tmp_path / "out")])
    error = capsys.readouterr().err
    assert status == 2
    assert error.startswith("tellings: ")
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_unknown_pair(tmp_path, capsys):
    arguments = [
        "tables",
        str(ROOT / "seeds"),
        "--out",
        str(tmp_path / "out"),
        "--between",
        "x",
        "y",
    ]
    assert main(arguments) == 2
    assert "'x'" in capsys.readouterr().err


def test_tables(tmp_path, capsys):
    out = tmp_path / "tables"
    assert main(["tables", str(ROOT / "seeds"), "--out", str(out)]) == 0
    names = {path.stem for path in out.glob("*.csv")}
    assert {"articles", "sentences", "hedges", "attributions", "claims", "numbers"} <= names
    assert str(out) in capsys.readouterr().out


def test_tables_where_a_file_stands(tmp_path, capsys):
    (tmp_path / "out").write_text("kept")
    assert main(["tables", str(ROOT / "seeds"), "--out", str(tmp_path / "out")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "kept"


def test_doctor(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for part in ("tellings", "language model", "places.csv", "cmudict", "accuracy"):
        assert part in out


def test_no_command_prints_usage(capsys):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_closed_pipe_is_no_error():
    shell = f"{sys.executable} -m analysis doctor | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ,
        check=False,
    )
    assert "Traceback" not in done.stderr
