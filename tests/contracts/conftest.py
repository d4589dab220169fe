"""The stand-in bot and the server of the web's tests, for contracts that are kept over the network."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PLACE = Path(__file__).parent.parent / "web" / "conftest.py"

# tests are no package: what one folder's tests share with another's is loaded by its path
_spec = importlib.util.spec_from_file_location("shared_with_web", PLACE)
assert _spec is not None
assert _spec.loader is not None
_web = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _web
_spec.loader.exec_module(_web)

bot, app, serve, address = _web.bot, _web.app, _web.serve, _web.address
