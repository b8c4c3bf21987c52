"""A question becomes an Answer or a Refusal."""

from assistant.answer import Answer, Citation, Reason, Refusal, Reply, Statement
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.scope import Scope
from assistant.wiring import open_assistant

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Reason",
    "Refusal",
    "Reply",
    "Scope",
    "Statement",
    "Turn",
    "open_assistant",
]
