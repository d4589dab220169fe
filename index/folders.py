"""Where the index folders lie, which one is current, and how another takes its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexingError, IndexLocked, IndexMissing
from index.manifest import NAME, Manifest, read_manifest, verify

_CURRENT = "CURRENT"
_BUILDING = ".building"


def current(data_dir: Path) -> Path:
    """The folder that readers open; IndexMissing where nothing has been built."""
    pointer = _home(data_dir) / _CURRENT
    if not pointer.is_file():
        raise IndexMissing(f"there is no index in {data_dir}; run `yanda index`")
    return _home(data_dir) / pointer.read_text(encoding="utf-8").split()[0]


def fresh(data_dir: Path) -> Path:
    """An empty folder to build in, beside the index; what a crash left of an earlier one is removed."""
    building = _home(data_dir) / _BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    return building


def publish(data_dir: Path, building: Path, manifest: Manifest) -> Path:
    """Makes the built folder the current one, in one rename; the one before it stays for those who still read it."""
    before = _before(data_dir)
    _write(building / NAME, manifest.write())
    _flush(building)
    folder = _settle(building, manifest)
    _write(_home(data_dir) / f"{_CURRENT}.next", f"{folder.name}\n{before}\n")
    os.replace(_home(data_dir) / f"{_CURRENT}.next", _home(data_dir) / _CURRENT)
    _flush(_home(data_dir))
    for other in _home(data_dir).iterdir():
        if other.is_dir() and other.name not in {folder.name, before}:
            shutil.rmtree(other, ignore_errors=True)  # on Windows a file still mapped stays; the next update tries again
    return folder


@contextmanager
def locked(data_dir: Path, timeout: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Holds the right to build; `waiting` is told who has it, and after `timeout` seconds IndexLocked is raised."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock, note = FileLock(data_dir / "index.lock"), data_dir / "index.lock.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting(f"waiting for {_holder(note)}, which is building the index")
        try:
            lock.acquire(timeout=timeout)
        except Timeout as error:
            raise IndexLocked(
                f"{_holder(note)} has been building the index in {data_dir} for more than {timeout:g} s; "
                "run `yanda index` again when it has ended"
            ) from error
    try:
        note.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        lock.release()


def _home(data_dir: Path) -> Path:
    return data_dir / "index"


def _before(data_dir: Path) -> str:
    try:
        return current(data_dir).name
    except IndexMissing:
        return ""


def _settle(building: Path, manifest: Manifest) -> Path:
    """Gives the built folder its name; where the same index stands already, whole, that one is taken."""
    tries = 1
    while True:
        folder = building.with_name(manifest.fingerprint if tries == 1 else f"{manifest.fingerprint}-{tries}")
        if not folder.exists():
            os.rename(building, folder)
            return folder
        if _whole(folder):
            shutil.rmtree(building)
            return folder
        tries += 1


def _whole(folder: Path) -> bool:
    try:
        verify(folder, read_manifest(folder))
    except IndexingError:
        return False
    return True


def _holder(note: Path) -> str:
    return f"process {note.read_text(encoding='utf-8')}" if note.is_file() else "another process"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Makes the names in the folder survive a power cut, where the system can."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        os.fsync(opened)
        os.close(opened)
