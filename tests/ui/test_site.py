"""Where the program may listen, and how it starts and stops."""

import datetime
import ipaddress
import re
import signal
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
from fake_desk import free_port, start_app

from errors import AccountsError, SettingsError
from settings import Settings
from ui.accounts import Role, add_account
from ui.site import sessions_of

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
        (
            {"host": "192.0.2.1", "accounts": "{accounts}", "certificate": "{certificate}"},
            "is not one of this computer's",
        ),
        ({"certificate": "{accounts}"}, "accounts.toml cannot be used"),
        ({"session_hours": 0}, "must be between 0.1 and 168"),
        ({"audit_megabytes": -1}, "must be between 0 and 10000"),
    ],
)
def test_settings_that_will_not_do_end_with_status_2_and_words(
    settings: dict[str, object], said: str, accounts: Path, certificate: Path
) -> None:
    known = {"accounts": accounts, "certificate": certificate}
    chosen = {name: str(value).format(**known) for name, value in settings.items()}
    # A setting out of bounds is told before anything is opened, so the first line is not waited for.
    process = start_app(free_port(), reads_first_line=False, **chosen)
    _, complained = process.communicate(timeout=120)
    assert process.returncode == 2
    assert said in complained
    assert "Traceback" not in complained


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


def test_ctrl_c_stops_it_soon_and_quietly_while_a_page_is_open() -> None:
    process = start_app(free_port())
    address = re.search(r"http://\S+", first_line(process))
    assert address is not None

    def stay() -> None:
        try:
            with httpx.stream("GET", f"{address[0]}gradio_api/heartbeat/somebody", timeout=60) as stream:
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
