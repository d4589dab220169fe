"""What can be done from a terminal: the commands of `yanda`, their options, their exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from index.errors import IndexingError, MissingExtra, UnknownEmbedder
from rag.evaluate import EvaluationError
from rag.settings import SettingsError, load_settings
from web import cli_commands as commands
from web.cli_errors import WrongUsage

__all__ = ["main", "parser"]

DONE, NO, WRONG_USAGE, BROKEN = range(4)
INTERRUPTED = 130  # what a shell reports after Ctrl-C

_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command: 0 done, 1 the answer is no, 2 wrong usage or settings, 3 broken input or index."""
    options = parser().parse_args(arguments)
    # torch's threads spin while they wait unless told otherwise before it loads: four times slower where cores are shared
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        return int(options.run(load_settings(os.environ, Path()), options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read the output has gone, as `head` does: nobody is left to tell, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if options.debug:
            raise
        return _failed(error)


def parser() -> argparse.ArgumentParser:
    """The whole command line; each command carries its function as `run`."""
    whole = _Parser(prog="yanda", description="研答 answers from a library of Chinese reports and cites the words it rests on.")
    known: _Commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _index(known)
    _ask(known)
    _search(known)
    _serve(known)
    _eval(known)
    _command(known, "mcp", commands.mcp, "serve one program that speaks the Model Context Protocol, over stdin and stdout")
    _command(known, "check", commands.check, "say what is set up and what is wrong, with the command that mends it")
    return whole


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line; argparse would add the whole usage."""

    def error(self, message: str) -> NoReturn:
        _say(f"{message}; see `{self.prog} --help`")
        raise SystemExit(WRONG_USAGE)


def _command(known: _Commands, name: str, run: Callable[..., int], purpose: str) -> _Parser:
    command = known.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    command.add_argument("--debug", action="store_true", help="show the traceback of an error")
    command.set_defaults(run=run)
    return command


def _index(known: _Commands) -> None:
    command = _command(known, "index", commands.index, "bring the index in line with folders of documents")
    command.add_argument("folders", metavar="FOLDER", nargs="*", type=Path, help="default: the setting corpus")
    command.add_argument("--rebuild", action="store_true", help="start over instead of reading only what changed")


def _ask(known: _Commands) -> None:
    command = _command(known, "ask", commands.ask, "answer a question, with numbered sources")
    command.add_argument("question", metavar="QUESTION")
    _common(command)


def _search(known: _Commands) -> None:
    command = _command(known, "search", commands.search, "show the best passages for some words")
    command.add_argument("words", metavar="WORDS", nargs="+")
    command.add_argument("-k", type=_from(1, 100), default=5, metavar="COUNT", help="how many at most (default: 5)")
    _common(command)


def _serve(known: _Commands) -> None:
    command = _command(known, "serve", commands.serve, "serve the chat and the HTTP interface")
    command.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
    command.add_argument("--port", type=_from(0, 65535), default=8000, help="default: 8000; 0 takes any free one")
    command.add_argument("--index", action="store_true", help="bring the index in line with the corpus first")
    command.add_argument(
        "--workers", type=_from(1, 64), default=1, metavar="COUNT", help="processes that share the port (default: 1)"
    )


def _eval(known: _Commands) -> None:
    command = _command(known, "eval", commands.evaluate, "ask every question of a file and print how many answers are right")
    command.add_argument("file", metavar="FILE.jsonl", type=Path)
    command.add_argument("--at-least", type=_share, metavar="SHARE", help="exit 1 where fewer are right, such as 0.95")
    command.add_argument("--json", action="store_true", help="print the scoreboard as JSON")


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--document", action="append", default=[], metavar="ID", help="stay within it; may be repeated")
    command.add_argument("--json", action="store_true", help="print the object that the HTTP interface returns")


def _from(least: int, most: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
        return int(text)

    return whole_number


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share from 0 to 1, such as 0.95")
    return share


def _failed(error: Exception) -> int:
    wrong_usage = isinstance(error, (WrongUsage, SettingsError, UnknownEmbedder, MissingExtra))
    foreseen = wrong_usage or isinstance(error, (IndexingError, EvaluationError, OSError))
    _say(str(error) if foreseen else f"unforeseen {type(error).__name__}: {error}; run it again with --debug to see where")
    return WRONG_USAGE if wrong_usage else BROKEN


def _say(message: str) -> None:
    sys.stderr.write(f"yanda: {' '.join(message.split())}\n")
