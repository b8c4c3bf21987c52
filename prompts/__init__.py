"""Words for the chat model, as Markdown files that anyone can read and correct."""

from prompts.loader import load_prompt, prompt_version

__all__ = ["load_prompt", "prompt_version"]
