"""The turns of a conversation.

Owns what a turn keeps for the questions after it. Leaves rewriting a question from them to `followup`.
"""

from dataclasses import dataclass

from assistant.answer import Answer, Citation, Reply

KEPT_TURNS = 20  # of a conversation; a question leans on the last one, and the body on the few before it


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, as it stands alone, and what its answer cited; nothing when it was refused."""

    question: str
    citations: tuple[Citation, ...] = ()

    @classmethod
    def of(cls, reply: Reply) -> "Turn":
        """The turn that a reply ends."""
        return cls(reply.rewritten or reply.question, reply.citations if isinstance(reply, Answer) else ())
