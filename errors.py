"""Every error a person can meet, as one tree.

Owns the wording: what happened, and what to do about it. Leaves raising to the module that notices.

AssistantError
├── UnreadableFileError      one source file cannot be read
├── EmptyFolderError         a folder holds nothing that can be indexed
├── CorrectionsError         documents.toml names an unknown file or key, or gives a wrong value
├── StoreError
│   ├── StoreMissingError    no index at the path
│   ├── StoreDamagedError    files missing, changed or of another format version
│   └── StaleStoreError      the index was built from other files or with another model
├── ModelFilesError          the embedding model is missing or is not the one expected
├── RerankerError            the cross-encoder named in the settings cannot be used
├── QuoteNotFoundError       a quote is not verbatim in the paragraph it cites
├── SettingsError            a setting is unknown or out of bounds
├── PromptError              a prompt file is missing or its placeholders are wrong
├── ChatModelError           the chat model named in the settings cannot be used
├── ScopeError               a scope names a body, document, period or date that is not loaded
├── AccountsError            the file of accounts cannot be used, or a change to it is refused
├── AuditError               the audit log cannot be written or read
└── InputError               a question file, gold file or command line is wrong
"""

from pathlib import Path


class AssistantError(Exception):
    """A person can mend this; the message says how."""


class UnreadableFileError(AssistantError):
    """One source file cannot be read; the others are not affected."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path.name}: {problem} {remedy}")


class EmptyFolderError(AssistantError):
    """A folder holds nothing that can be indexed."""

    def __init__(self, folder: Path, problem: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder}: {problem} Put .txt, .md, .html, .pdf or .docx reports into it and run the same command again."
        )


class CorrectionsError(AssistantError):
    """A documents.toml names an unknown file or key, or gives a value that its key does not take."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem} Correct it, or take it out, and run the same command again.")


class StoreError(AssistantError):
    """The index on disk cannot be used as it is."""


class StoreMissingError(StoreError):
    """There is no index at the path."""

    def __init__(self, store: Path) -> None:
        self.store = store
        super().__init__(f"There is no index in {store}. Build it: python -m index FOLDER --store {store}")


class StoreDamagedError(StoreError):
    """Files of the index are missing, were changed, or have another format version."""

    def __init__(self, store: Path, problem: str) -> None:
        self.store, self.problem = store, problem
        super().__init__(
            f"The index in {store} cannot be trusted: {problem}. Rebuild it: python -m index FOLDER --store {store} --fresh"
        )


class StaleStoreError(StoreError):
    """The index was built from other files, or with another embedding model, than are now in use."""

    def __init__(self, store: Path, problem: str, folder: str = "FOLDER") -> None:
        self.store, self.problem = store, problem
        super().__init__(
            f"The index in {store} is out of date: {problem}. Rebuild it: python -m index {folder} --store {store}"
        )


class ModelFilesError(AssistantError):
    """The embedding model is missing, or its weights are not the ones expected."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem} Install it again: make setup")


class RerankerError(AssistantError):
    """The cross-encoder named in the settings or on the command line cannot be used."""

    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        remedy = (
            "Give the path of a folder with a sentence-transformers cross-encoder, or a name that is in this computer's "
            "cache, for nothing is downloaded. Leave reranker out of settings.toml (EVIDENCE_DESK_RERANKER, --reranker) "
            "to go without one."
        )
        super().__init__(f"The reranker {name!r} cannot be used: {problem}. {remedy}")


class QuoteNotFoundError(AssistantError):
    """A quote does not stand verbatim in the paragraph it cites."""

    def __init__(self, paragraph_id: str, quote: str) -> None:
        self.paragraph_id, self.quote = paragraph_id, quote
        super().__init__(
            f"“{quote}” is not in paragraph {paragraph_id}. This answer cannot be shown; please report the question."
        )


class SettingsError(AssistantError):
    """A setting is unknown or out of bounds."""

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        super().__init__(f"Setting “{key}”: {problem} Correct it in settings.toml or in the environment.")


class PromptError(AssistantError):
    """A prompt file is missing, or its placeholders are not the ones the code fills."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"Prompt {path.name}: {problem} Correct the file in the prompts folder.")


class ChatModelError(AssistantError):
    """The chat model named in the settings cannot be used."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        super().__init__(
            f"Chat model “{name}” cannot be used: {problem} Install its LangChain package and set its key, "
            "or remove chat_model from the settings to answer without a model."
        )


class ScopeError(AssistantError):
    """A question is limited to a body, document, period or date that is not among the loaded documents."""

    def __init__(self, field: str, value: str, remedy: str) -> None:
        self.field, self.value = field, value
        super().__init__(f"{field} “{value}” is not among the loaded documents, or cannot be read. {remedy}")


class AccountsError(AssistantError):
    """The file of accounts cannot be used as it is, or a change to it is refused."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file = file
        super().__init__(f"Accounts in {file}: {problem}")


class AuditError(AssistantError):
    """The audit log cannot be written or read."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file = file
        super().__init__(
            f"The audit log {file} cannot be used: {problem}. Mend that, or switch the log off with audit_megabytes = 0."
        )


class InputError(AssistantError):
    """A question file, gold file or command line is wrong."""

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        super().__init__(f"{where}: {problem}")
