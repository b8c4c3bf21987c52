"""The description of the API as a plain page: no script, and nothing from another host.

Owns its HTML. Leaves what it describes to FastAPI, which makes it from `api` and `contract`.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

Schema = Mapping[str, Any]


def documentation_html(description: Schema) -> str:
    """`description` is an OpenAPI document."""
    calls = "".join(
        _call_html(method, path, call, description)
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    )
    schemas = description.get("components", {}).get("schemas", {})
    types = "".join(_type_html(name, schema) for name, schema in schemas.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evidence Desk: the API</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        "<style>body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;"
        "border-bottom:1px solid #8888}code,pre{font-family:ui-monospace,monospace;overflow-x:auto}html{background:#fff;color:#16191d}"
        "a{color:#1a5a96}@media (prefers-color-scheme:dark){html{background:#15181b;color:#e9ebec}a{color:#8ec3f0}}</style></head>"
        f"<body><main><h1>{escape(description['info']['title'])}</h1><p>{escape(description['info'].get('description', ''))} "
        'For programs: <a href="openapi.json">openapi.json</a>.</p>'
        f"<h2>Calls</h2>{calls}<h2>Types</h2>{types}</main></body></html>"
    )


def _call_html(method: str, path: str, call: Schema, description: Schema) -> str:
    title = f"{method.upper()} {path}"
    taken = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    takes = (
        f"<p>Takes {_type_name(taken)}. For example:</p><pre tabindex='0'>{escape(_example(path))}</pre>"
        if taken
        else ""
    )
    parameters = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}</td><td>{escape(each.get('description', ''))}</td></tr>"
        for each in call.get("parameters", ())
    )
    table = f"<table><tr><th>Name</th><th>In</th><th>Meaning</th></tr>{parameters}</table>" if parameters else ""
    answers = "".join(_answer_html(code, answer) for code, answer in call["responses"].items())
    return (
        f"<section><h3><code>{escape(title)}</code></h3><p>{escape(call.get('description', ''))}</p>{takes}{table}"
        f"<table><tr><th>Status</th><th>Gives</th><th>When</th></tr>{answers}</table></section>"
    )


def _answer_html(code: str, answer: Schema) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    gives = _type_name(schema) if schema else ""
    return f"<tr><td>{escape(code)}</td><td>{gives}</td><td>{escape(answer.get('description', ''))}</td></tr>"


def _type_html(name: str, schema: Schema) -> str:
    required = set(schema.get("required", ()))
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code>{'' if field in required else ' (optional)'}</td><td>{_type_name(each)}</td>"
        f"<td>{escape(each.get('description', ''))}</td></tr>"
        for field, each in schema.get("properties", {}).items()
    )
    return (
        f'<section id="{escape(name)}"><h3>{escape(name)}</h3><p>{escape(schema.get("description", ""))}</p>'
        f"<table><tr><th>Field</th><th>Type</th><th>Meaning</th></tr>{rows}</table></section>"
    )


def _type_name(schema: Schema) -> str:
    """The type as HTML, with a link to a type of this page."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    if "anyOf" in schema:
        return " or ".join(_type_name(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type_name(schema.get('items', {}))}"
    return escape(str(schema.get("type", "anything")))


def _example(path: str) -> str:
    body: dict[str, Any] = {"question": "How quickly are 999 calls answered?"}
    if path.endswith("find"):
        body["k"] = 5
    return json.dumps(body)
