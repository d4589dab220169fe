"""What does `python -m web` do: what `yanda` does, where the command is not on the path."""

from __future__ import annotations

import sys

from web.cli import main

if __name__ == "__main__":
    sys.exit(main())
