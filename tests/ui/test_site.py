"""Where the program may listen, and how it starts and stops."""

import datetime
import ipaddress
import re
import signal
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fake_desk import FakeDesk, free_port, start_app
from fastapi import FastAPI

import app
from errors import AccountsError, InputError, SettingsError
from settings import Settings
from ui.accounts import Role, add_account
from ui.site import serve, sessions_of

PASSWORD = "correct horse battery"


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.toml"
    add_account(file, "chair", Role.READER, PASSWORD)
    return file


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_on_this_computer_reading_is_open_without_accounts() -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        assert sessions_of(Settings(host=host)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "desk.example"])
def test_others_are_not_let_in_without_accounts_and_https(host: str, accounts: Path) -> None:
    with pytest.raises(SettingsError, match="so accounts are needed: python -m ui.accounts add NAME"):
        sessions_of(Settings(host=host))
    with pytest.raises(SettingsError, match="passwords would travel in the clear"):
        sessions_of(Settings(host=host, accounts=str(accounts)))
    assert sessions_of(Settings(host=host, accounts=str(accounts), certificate="a.pem")) is not None


def test_a_missing_file_of_accounts_does_not_open_the_page(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match="the file is not there"):
        sessions_of(Settings(accounts=str(tmp_path / "accounts.toml")))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "0.0.0.0"}, "so accounts are needed"),
        ({"session_hours": 0}, "must be between 0.1 and 168"),
        ({"audit_megabytes": -1}, "must be between 0 and 10000"),
    ],
)
def test_settings_that_will_not_do_end_with_status_2_and_words(
    settings: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"EVIDENCE_DESK_{name.upper()}", str(value))
    monkeypatch.setattr("ui.desk.live_desk", lambda *_: FakeDesk())
    assert app.main(["--port", str(free_port())]) == 2
    assert said in capsys.readouterr().err


def test_a_taken_port_is_told_with_the_next_one_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"Port {port}: is taken by another program.*--port {port + 1}"):
            serve(FastAPI(), Settings(port=port), opens_browser=False, announce=print)


def test_an_address_of_another_computer_is_told(accounts: Path, certificate: Path) -> None:
    settings = Settings(host="192.0.2.1", port=free_port(), accounts=str(accounts), certificate=str(certificate))
    with pytest.raises(InputError, match="is not one of this computer's"):
        serve(FastAPI(), settings, opens_browser=False, announce=print)


def test_a_file_that_is_no_certificate_is_told_and_the_port_is_free_again(accounts: Path) -> None:
    settings = Settings(port=free_port(), certificate=str(accounts))
    with pytest.raises(SettingsError, match="accounts.toml cannot be used"):
        serve(FastAPI(), settings, opens_browser=False, announce=print)
    socket.create_server(("127.0.0.1", settings.port)).close()


def test_with_a_certificate_it_is_served_by_https_and_the_cookie_is_for_https_alone(
    accounts: Path, certificate: Path
) -> None:
    process = start_app(free_port(), accounts=accounts, certificate=certificate)
    address = re.search(r"https://127\.0\.0\.1:\d+/", first_line(process))
    assert address is not None
    trusted = ssl.create_default_context(cafile=str(certificate))
    with httpx.Client(base_url=address[0], verify=trusted, timeout=60) as client:
        signed_in = client.post("/login", data={"name": "chair", "password": PASSWORD})
        assert "Secure" in signed_in.headers["set-cookie"]
        assert client.get("/api/progress").status_code == 200
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_it_starts_on_this_computer_only_and_ctrl_c_stops_it_soon_and_quietly_while_a_page_is_open() -> None:
    port = free_port()
    process = start_app(port)
    address = f"http://127.0.0.1:{port}/"
    assert first_line(process) == f"Evidence Desk is at {address} (stop it with Ctrl-C)\n"

    def stay() -> None:
        try:
            with httpx.stream("GET", f"{address}gradio_api/heartbeat/somebody", timeout=60) as stream:
                opened.set()
                for _ in stream.iter_raw():
                    pass
        except httpx.HTTPError:
            pass

    opened = threading.Event()
    staying = threading.Thread(target=stay)
    staying.start()
    assert opened.wait(60)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=60)
    staying.join(timeout=60)
    assert time.monotonic() - began < 20
    assert process.returncode == 0
    assert said.strip() == "Evidence Desk has stopped."
    assert complained == ""
