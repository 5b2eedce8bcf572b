"""The terminal door: one question, one answer."""

from __future__ import annotations

import argparse
import sys

from assistant.advisor import Advisor
from assistant.rendering import as_text
from assistant.wire import ChatRequest, Depth
from knowledge.records import Language


def ask_command(advisor: Advisor, argv: list[str]) -> int:
    """``ask "…"``: print the answer, or the whole record with ``--json``.

    Returns 0; wrong arguments end the program with 2 and a sentence.
    """
    parser = argparse.ArgumentParser(prog="app.py ask", description="Ask once.")
    parser.add_argument("message", nargs="+", help="who you are, your data, your wish")
    parser.add_argument("--json", action="store_true", help="the whole answer")
    parser.add_argument("--language", choices=["en", "zh"], help="answer in it")
    parser.add_argument(
        "--depth",
        choices=[depth.value for depth in Depth],
        help="one line, the usual answer, or every point with its sum",
    )
    given = parser.parse_args(argv)
    message = " ".join(given.message)
    if len(message) > 8_000:
        parser.error(f"message: {len(message)} characters; at most 8000 are read")
    language = Language(given.language) if given.language else None
    depth = Depth(given.depth) if given.depth else None
    answer = advisor.take_turn(
        ChatRequest(message=message, language=language, depth=depth)
    )
    if given.json:
        sys.stdout.write(answer.model_dump_json(indent=2) + "\n")
        return 0
    lines = [as_text(answer.reply)]
    if answer.question is not None and depth is not Depth.LINE:
        lines += [f"  - {option.label}" for option in answer.question.options]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
