"""Settings are bounded, and a slip in their names or values is refused by name."""

from pathlib import Path

import pytest

from errors import SettingsError
from settings import Settings


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_and_environment_the_defaults_hold_and_no_chat_model_is_set(tmp_path: Path) -> None:
    loaded = Settings.load(tmp_path / "settings.toml", {})
    assert loaded == Settings()
    assert loaded.chat_model == ""


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = write(tmp_path, "port = 8000\nchat_seconds = 12.5\n")
    loaded = Settings.load(file, {"EVIDENCE_DESK_PORT": "9000", "PATH": "/bin"})
    assert (loaded.port, loaded.chat_seconds, loaded.chat_tokens) == (9000, 12.5, 2_000)


@pytest.mark.parametrize(
    ("key", "low", "high", "below", "above"),
    [
        ("port", 1024, 65535, 1023, 65536),
        ("chat_seconds", 1, 300, 0.5, 301),
        ("chat_tokens", 200, 100_000, 199, 100_001),
        ("chat_answer_tokens", 20, 4_000, 19, 4_001),
        ("chat_retries", 0, 5, -1, 6),
    ],
)
def test_each_bound_is_allowed_and_what_lies_beyond_is_refused_by_name(
    key: str, low: float, high: float, below: float, above: float
) -> None:
    for value in (low, high):
        assert getattr(Settings(**{key: value}), key) == value  # type: ignore[arg-type]  # one key at a time
    for value in (below, above):
        with pytest.raises(SettingsError, match=f"“{key}”: must be between {low} and {high}, not {value}"):
            Settings(**{key: value})  # type: ignore[arg-type]  # one key at a time


def test_an_unknown_key_is_refused_by_name_and_the_known_ones_are_listed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="“prot”: is unknown; the settings are port, chat_model"):
        Settings.load(write(tmp_path, "prot = 8000\n"), {})
    with pytest.raises(SettingsError, match="“chat_modle”"):
        Settings.load(tmp_path / "none.toml", {"EVIDENCE_DESK_CHAT_MODLE": "x"})


@pytest.mark.parametrize("text", ['port = "eighty"\n', "port = \n", "port = [1]\n"])
def test_a_value_of_the_wrong_type_and_a_file_that_is_not_toml_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"Correct it in settings\.toml or in the environment"):
        Settings.load(write(tmp_path, text), {})


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'chat_model = "\xff"\n')
    with pytest.raises(SettingsError):
        Settings.load(file, {})


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "ftp://models", "file:///etc/passwd"])
def test_an_address_of_a_model_is_a_web_address(url: str) -> None:
    with pytest.raises(SettingsError, match="“chat_url”: must begin with http"):
        Settings(chat_url=url)
