"""Which module may import which, and where each heavy package lives; read from the source with `ast`."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "prompts": {"errors"},
    "ingest": {"errors"},
    "index": {"ingest", "errors"},
    "assistant": {"index", "ingest", "prompts", "settings", "errors"},
    "eval": {"assistant", "index", "ingest", "settings", "errors"},
    "ui": {"assistant", "eval", "index", "ingest", "settings", "errors"},
    "app": {"ui", "assistant", "settings", "errors"},
}
# (importing package, imported package) -> the only files in which it may stand
ONLY_IN = {
    ("assistant", "settings"): {"assistant/wiring.py", "assistant/__main__.py"},
    ("assistant", "prompts"): {"assistant/wiring.py"},
}
LANGCHAIN = {"assistant/chain.py", "assistant/model.py", "assistant/patience.py", "assistant/assistant.py"}
HOME: dict[str, set[str]] = {
    "faiss": {"index/dense.py"},
    "sentence_transformers": {"index/embedder.py", "index/reranker.py"},
    "transformers": {"index/embedder.py"},
    "torch": {"index/embedder.py"},
    "tiktoken": {"index/tokens.py"},
    "sqlite3": {"index/lexical.py", "ui/audit.py"},
    "gradio": {"ui/", "app.py"},
    "fastapi": {"ui/"},
    "starlette": {"ui/"},
    "uvicorn": {"ui/site.py"},
    "argon2": {"ui/accounts.py"},
    "prometheus_client": {"ui/metrics.py"},
    "langchain": LANGCHAIN,
    "langchain_core": LANGCHAIN,
    "pdfplumber": {"ingest/readers/"},
    "pypdfium2": {"ingest/readers/"},
    "pytesseract": {"ingest/readers/pdf_ocr.py"},
    "docx": {"ingest/readers/", "ui/word.py"},
    "bs4": {"ingest/readers/"},
    "markdown_it": {"ingest/readers/"},
}
LONGEST = 350  # lines


def modules() -> list[str]:
    """Every module of the program, as a path from the root."""
    found = [path for name in MAY_IMPORT for path in [ROOT / f"{name}.py", *sorted((ROOT / name).rglob("*.py"))]]
    return [path.relative_to(ROOT).as_posix() for path in found if path.is_file()]


def imports(source: str) -> Iterator[str]:
    """Dotted names of all imports, those inside functions and of `importlib.import_module("...")` included."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.ImportFrom():
                yield "." * node.level
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"), args=args
            ):
                yield from (
                    arg.value for arg in args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )


def package_of(module: str) -> str:
    return module.removesuffix(".py").split("/")[0]


def read(module: str) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


def test_every_package_of_the_table_exists_and_none_is_left_out() -> None:
    assert {package_of(module) for module in modules()} == set(MAY_IMPORT)
    aside = {"tests", "benchmarks", "documents", "docs"}
    with_code = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ROOT.glob("*/*.py")}
    assert {name for name in with_code - aside if not name.startswith(".")} <= set(MAY_IMPORT)


@cache
def imported() -> dict[str, tuple[str, ...]]:
    """Every module with what it imports; each source is parsed once."""
    return {module: tuple(imports(read(module))) for module in modules()}


def packages_of(names: Iterable[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def test_imports_point_up_the_stream() -> None:
    wrong = [
        (module, name)
        for module, names in imported().items()
        for name in packages_of(names) & set(MAY_IMPORT) - {package_of(module)}
        if name not in MAY_IMPORT[package_of(module)] or module not in ONLY_IN.get((package_of(module), name), {module})
    ]
    assert wrong == []


def test_each_heavy_package_has_one_home() -> None:
    wrong = [
        (module, name)
        for module, names in imported().items()
        for name in packages_of(names) & set(HOME)
        if not any(module == home or (home.endswith("/") and module.startswith(home)) for home in HOME[name])
    ]
    assert wrong == []


def test_no_import_is_relative() -> None:
    assert [module for module, names in imported().items() if any(name.startswith(".") for name in names)] == []


def test_no_module_is_too_long_to_read_in_one_go() -> None:
    lengths = {module: len(read(module).splitlines()) for module in modules()}
    assert {module: length for module, length in lengths.items() if length > LONGEST} == {}


def test_each_test_file_has_a_name_of_its_own() -> None:
    """pytest takes two files of one name for the same module, and stops before any test runs."""
    named = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in named.items() if count > 1] == []


def test_imports_inside_functions_are_seen() -> None:
    source = "def f():\n    import faiss.contrib\n    from index.store import Store\n    import_module('docx')\n"
    assert set(imports(source)) == {"faiss.contrib", "index.store", "docx"}
