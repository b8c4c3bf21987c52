"""Words in a document that speak to a program instead of to readers.

Owns recognising them. They are never sent to a chat model and never said as part of an answer. Leaves everything else
that a document may claim to its readers: it is quoted with its place.
"""

import re
import unicodedata
from functools import lru_cache

from ingest.document import Span
from ingest.sentences import sentence_spans

_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:above|previous|prior|earlier|preceding|instructions?|rules|"
    r"prompts?|guidelines|context|evidence|safeguards)\b"
    r"|\b(?:system|developer|hidden) (?:prompt|message|instructions?)\b"
    r"|\b(?:as|you are|you['’]re|acting as|pretend to be) (?:an?|the) (?:ai|assistant|language model|chat ?bot|unrestricted|helpful)\b"
    r"|\b(?:ai|artificial intelligence|language model|llm|chat ?bot|assistant|automated (?:reader|system|summariser))s?\b[^.\n]{0,30}"
    r"\b(?:must|should|shall|is to|are to|has to|have to|will|reading this|ignore|respond|answer|note)\b"
    r"|\bwhen (?:asked|summari[sz]ing|answering|you (?:answer|summari[sz]e|reply))\b[^.\n]{0,60}\b(?:say|state|answer|reply|write|respond|claim|omit|add)\b"
    r"|\b(?:respond|reply|answer|output|print|repeat|write) (?:only|exactly|with|back|the following|verbatim|nothing)\b"
    r"|\b(?:reveal|leak|send|post|forward|exfiltrate|upload|transmit)\b[^.\n]{0,50}\b(?:prompt|question|conversation|api key|keys?|secrets?|https?:|to www)\b"
    r"|<\|?\s*/?\s*(?:im_start|im_end|system|user|assistant|endoftext|instructions?)\b|\[/?(?:INST|SYS)\]|<<\s*/?SYS\s*>>"
    r"|^\s*#*\s*(?:system|assistant|user|human|developer)\s*:"
    r"|\b(?:new|updated|real|your) (?:instructions?|task|rules|orders?)\s*(?::|are|is)\b"
    r"|\b(?:do not|don['’]t|never) (?:cite|mention|reveal|follow)\b[^.\n]{0,40}\b(?:evidence|rules|instruction\w*|sources?|above)\b"
    r"|\bjailbreak\b|\bdan mode\b|\bprompt injection\b",
    re.I | re.M,
)
_LOOK_ALIKE = str.maketrans("аеорсухіѕԁһ0١", "aeopcyxisdho1")  # Cyrillic and other letters that pass for Latin ones


@lru_cache(maxsize=4_096)
def addresses_machine(text: str) -> bool:
    """Whether the text orders a program about, hidden characters and look-alike letters notwithstanding."""
    seen = "".join(character for character in unicodedata.normalize("NFKC", text) if not _is_format(character))
    squeezed = re.sub(r"\b(?:\w[ .\-_]){5,}\w\b", lambda match: re.sub(r"[ .\-_]", "", match.group()), seen)
    return any(_COMMANDS.search(each) for each in {text, seen, seen.translate(_LOOK_ALIKE), squeezed})


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def without_instructions(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without those of their sentences that speak to a program; as they are when there is none."""
    if not any(addresses_machine(text[start:end]) for start, end in spans):
        return spans
    kept: list[Span] = []
    for start, end in spans:
        for first, last in sentence_spans(text[start:end]):
            if not addresses_machine(text[start + first : start + last]):
                kept.append((start + first, start + last))
    return tuple(kept)


def defanged(text: str) -> str:
    """Text for a prompt: no control or format characters, role tags broken, and no brackets that look like citations."""
    shown = "".join(
        " " if unicodedata.category(each) == "Cc" else each
        for each in unicodedata.normalize("NFC", text)
        if not _is_format(each)
    )
    return re.sub(
        r"\s+", " ", shown.replace("<|", "< |").replace("|>", "| >").replace("[", "(").replace("]", ")")
    ).strip()
