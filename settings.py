"""The settings a person may change.

Owns their names, bounds and reasons. Only app.py, wiring and the `__main__`s see them.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from errors import SettingsError

FILE = Path("settings.toml")
PREFIX = "EVIDENCE_DESK_"
_BOUNDS = (
    ("port", 1024, 65535),
    ("chat_seconds", 1, 300),
    ("chat_tokens", 200, 100_000),
    ("chat_answer_tokens", 20, 4_000),
    ("chat_retries", 0, 5),
    ("session_hours", 0.1, 168),
    ("audit_megabytes", 0, 10_000),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them, with their defaults; read from settings.toml, then from EVIDENCE_DESK_* in the environment."""

    port: int = 7860  # of the page, 1024 to 65535; Gradio's own default
    chat_model: str = ""  # LangChain "provider:model"; empty answers in the reports' own sentences, without a model
    chat_url: str = ""  # of the model's server, http or https; empty: the provider's own. For Azure its endpoint
    chat_seconds: float = 30.0  # a model that takes longer is given up, 1 to 300
    chat_tokens: int = 2_000  # of evidence sent to the model, 200 to 100,000
    chat_answer_tokens: int = 300  # of its reply; about 200 words, twice the longest answer. 20 to 4,000
    chat_retries: int = 1  # after a failed request, 0 to 5; all tries share chat_seconds
    reranker: str = (
        ""  # path or locally cached name of a cross-encoder that reads the best paragraphs again; empty: none
    )
    host: str = "127.0.0.1"  # address the page is served at; another than this computer's own needs the next two
    accounts: str = ""  # file of accounts (`python -m ui.accounts`); empty lets everybody at this computer read
    certificate: str = ""  # PEM file with certificate chain and key, to be served by HTTPS
    session_hours: float = 8.0  # after which one has to sign in again, 0.1 to 168; a working day
    audit_megabytes: int = 100  # the audit log drops its oldest entries beyond this, 1 to 10,000; 0 keeps no log

    def __post_init__(self) -> None:
        for key, low, high in _BOUNDS:
            if not low <= getattr(self, key) <= high:
                raise SettingsError(key, f"must be between {low} and {high}, not {getattr(self, key)}.")
        if self.chat_url and not self.chat_url.startswith(("http://", "https://")):
            raise SettingsError("chat_url", f"must begin with http:// or https://, not {self.chat_url!r}.")

    @classmethod
    def load(cls, file: Path = FILE, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The defaults, overridden by the file if there is one, overridden by the environment.

        Raises:
            SettingsError: a key is unknown, or a value has the wrong type or is out of bounds.
        """
        values: dict[str, Any] = {}
        if file.is_file():
            try:
                values = tomllib.loads(file.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
                raise SettingsError(file.name, f"is not valid TOML ({problem}).") from None
        values |= {key[len(PREFIX) :].lower(): value for key, value in environment.items() if key.startswith(PREFIX)}
        defaults = cls()
        kinds = {field.name: type(getattr(defaults, field.name)) for field in fields(cls)}
        unknown = sorted(values.keys() - kinds.keys())
        if unknown:
            raise SettingsError(unknown[0], f"is unknown; the settings are {', '.join(kinds)}.")
        try:
            return cls(**{key: kinds[key](value) for key, value in values.items()})
        except (TypeError, ValueError):
            raise SettingsError(", ".join(values), "has a value of the wrong type.") from None
