import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fake_desk import ROOT, free_port, start_app

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


def test_the_page_starts_on_this_computer_only_and_ctrl_c_stops_it_quietly() -> None:
    port = free_port()
    running = start_app(port)
    assert running.stdout is not None
    assert running.stdout.readline() == f"Evidence Desk is at http://127.0.0.1:{port}/ (stop it with Ctrl-C)\n"
    running.send_signal(signal.SIGINT)
    said, complained = running.communicate(timeout=30)
    assert running.returncode == 0
    assert said.strip() == "Evidence Desk has stopped."
    assert complained == ""


def test_a_taken_port_ends_with_status_2_and_says_which_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        running = start_app(port)
        _, complained = running.communicate(timeout=60)
    assert running.returncode == 2
    assert complained.startswith(f"Port {port}: is taken by another program.")
    assert "Traceback" not in complained


def test_importing_the_program_does_not_start_gradio() -> None:
    code = "import app, sys; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
