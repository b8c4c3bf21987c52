"""Ask and find as tools for other programs' assistants, through Gradio's MCP endpoint.

Owns the tools' names, descriptions and arguments; a client reads them. Leaves answering to the desk, and the shape of what
comes back to `contract`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from fastapi import HTTPException
from gradio.events import api
from pydantic import ValidationError

from errors import AssistantError
from ui.api import Turnstile, asked, found
from ui.contract import AskRequest, EarlierTurn, FindRequest
from ui.desk import Desk


def build_tools(desk: Desk, turnstile: Turnstile) -> None:
    """The two tools are added to the Blocks now open."""

    async def ask(
        question: str, body: str = "", period: str = "", as_of: str = "", turns: list[dict[str, Any]] | None = None
    ) -> str:
        """Answer a question about the loaded public inspection reports. Every sentence of the answer is quoted from a
        paragraph, which comes with it. When the reports do not answer the question, the reply says so and why. JSON.

        Args:
            question: The question, in plain words.
            body: Answer only about this inspected body, for example a police force. Empty for all.
            period: Answer only from inspections of this period, such as 2016 or 2021/22. Empty for all.
            as_of: ISO date. Documents and entries after it are left out. Empty for none.
            turns: The earlier turns of the conversation, oldest first, so that a follow-up is understood: of each
                "question" (its reply's "rewritten", else its "question") and "cited" (the paragraph ids it cites).
        """
        with _told():
            request = AskRequest(
                question=question,
                body=body or None,
                period=period or None,
                as_of=as_of or None,
                turns=tuple(EarlierTurn.model_validate(each) for each in turns or ()),
            )
            return (await turnstile.run(lambda: asked(desk, request))).model_dump_json()

    async def find(question: str, k: int = 10, body: str = "", period: str = "", as_of: str = "") -> str:
        """Find the paragraphs of the loaded public inspection reports that are most likely to hold an answer, best
        first, without answering. JSON.

        Args:
            question: What to look for, in plain words.
            k: How many paragraphs at most, 1 to 100.
            body: Search only documents about this inspected body. Empty for all.
            period: Search only documents on this period, such as 2016 or 2021/22. Empty for all.
            as_of: ISO date. Documents and entries after it are left out. Empty for none.
        """
        with _told():
            request = FindRequest(question=question, k=k, body=body or None, period=period or None, as_of=as_of or None)
            return (await turnstile.run(lambda: found(desk, request))).model_dump_json()

    # Not in Gradio's queue: from there Gradio would call itself over the network for each tool.
    api(ask, api_name="ask", queue=False)
    api(find, api_name="find", queue=False)


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong reaches the client as the tool's error, in words."""
    try:
        yield
    except AssistantError as error:
        raise gr.Error(str(error), print_exception=False) from error
    except HTTPException as error:
        raise gr.Error(str(error.detail), print_exception=False) from error
    except ValidationError as error:
        slips = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise gr.Error(slips, print_exception=False) from error
