"""How far is it: one bar for each step of an index in the making."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

__all__ = ["Bars"]


class Bars:
    """Bars on stderr while a terminal watches; elsewhere one line as each step begins."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, step: str, done: int, total: int) -> None:
        """`done` of `total` in this step; a total of 0 is a step that cannot be measured."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=None)
            if not self._console.is_terminal:
                self._console.print(f"{step} …" if total < 2 else f"{step}: {total} …", highlight=False, markup=False)
        self._progress.update(self._tasks[step], completed=done, total=total or None)
