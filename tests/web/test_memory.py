"""Does the server keep few heaps, however many threads have worked?"""

from __future__ import annotations

import platform
import re
import subprocess
import sys

import pytest

CODE = """
import ctypes, sys, threading
from web.memory import keep_little
if sys.argv[1] == "little":
    keep_little()
gate = threading.Barrier(9)
def work():
    held = bytearray(100_000)
    gate.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[t.start() for t in threads]
gate.wait()
[t.join() for t in threads]
ctypes.CDLL(None).malloc_stats()
"""


def heaps(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", CODE, how], capture_output=True, text=True, timeout=60, check=True)
    return len(re.findall(r"^Arena \d+:", done.stderr, re.MULTILINE))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this C library is told")
def test_eight_threads_leave_two_heaps() -> None:
    assert heaps("little") <= 2 < heaps("as ever")
