"""`python -m eval`: whether a change may go live. `python -m eval COMMAND --help` says what each command takes.

Owns the list of commands and the exit status. Leaves each command to its module in `commands`.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import open_assistant
from errors import AssistantError
from eval.asking import Answerer, open_index
from eval.commands import anchoring, comparing, evaluating, external, gold, judging, ladder, reviewing

COMMANDS = (evaluating, comparing, gold, anchoring, external, ladder, reviewing, judging)


def main(arguments: Sequence[str] | None = None, opener: Callable[[Path], Answerer] | None = None) -> int:
    """Exit status: 0 done; 1 a gate was missed, or a gold file is not sound; 2 an input or the index is wrong.

    Args:
        opener: opens what is asked; when left out, the assistant, or only its index for a command that asks nothing.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0].startswith("-") and given[0] not in ("-h", "--help"):
        given = ["run", *given]  # `python -m eval --store DIR --gold FILE` runs
    try:
        options = _parser().parse_args(given)
        alone = open_assistant if getattr(options, "asks", True) else open_index
        return int(options.call(options, opener or alone))
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # `python -m eval ... | head`
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Decide whether a change may go live.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
