import subprocess
import sys
from pathlib import Path

import pytest
from fake_desk import ROOT

import app


def test_a_missing_store_ends_with_status_2_and_the_command_that_builds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "nowhere"
    assert app.main(["--store", str(store)]) == 2
    said = capsys.readouterr().err
    assert said == f"There is no index in {store}. Build it: python -m index FOLDER --store {store}\n"


def test_a_port_out_of_bounds_ends_with_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--store", str(tmp_path), "--port", "80"]) == 2
    assert "“port”: must be between 1024 and 65535" in capsys.readouterr().err


def test_importing_the_program_does_not_start_gradio() -> None:
    code = "import app, sys; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
