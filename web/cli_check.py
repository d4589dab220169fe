"""Is everything there that the settings ask for: model, index, store, composer, Slack, the door, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from index.errors import IndexingError
from index.library import Library
from rag import assemble
from rag.names.book import Names
from rag.names.types import How
from rag.settings import Settings, SettingsError
from web import cli_door as door
from web.cli_tables import Finding

__all__ = ["findings"]

_PATIENCE_S = 5.0


def findings(settings: Settings) -> Iterator[Finding]:
    """One finding after another, as soon as each is known; nothing is changed and nothing built."""
    yield Finding("settings", True, ", ".join(f"{name}={value}" for name, value in settings.shown().items() if value))
    yield _model(settings)
    yield _reader(settings)
    yield from _library(settings)
    yield _store(settings)
    yield _composer(settings)
    yield _slack(settings)
    yield from door.findings(settings)


def _model(settings: Settings) -> Finding:
    try:
        embedder = assemble.embedder(settings)
        dimension = embedder.queries(["研答"]).shape[1]
    except IndexingError as error:
        return Finding("model", False, str(error))
    return Finding("model", True, f"{embedder.name}, {dimension} dimensions")


def _reader(settings: Settings) -> Finding:
    try:
        reader = assemble.reader(settings)
        if reader is not None:
            reader.scores("研答", ["研答"])
    except IndexingError as error:
        return Finding("reader", False, str(error))
    return Finding("reader", True, reader.name if reader else "none: candidates are ranked without being read")


def _library(settings: Settings) -> Iterator[Finding]:
    try:
        bot = assemble.bot(settings)
    except (IndexingError, SettingsError) as error:
        yield Finding("index", False, str(error))
        return
    yield _index(bot.library)
    yield _names(bot.names)


def _index(library: Library) -> Finding:
    missing = [f"{one.path}: {one.reason}" for one in library.skipped]
    counts = f"{len(library.documents)} documents, {len(library.passages)} passages"
    whole = f"{library.fingerprint}, every byte as it was built, {counts}"
    if missing:
        return Finding("index", False, f"{whole}; skipped {'; '.join(missing)}; mend the files and run `yanda index`")
    return Finding("index", True, whole)


def _names(names: Names) -> Finding:
    """What is held to be one name, how each guess came about and where, and what puts a wrong one right."""
    if names.troubles:
        lines = "; ".join(names.troubles)
        return Finding("names", False, f"names.txt has lines that are neither A = B nor A ≠ B: {lines}; mend and `yanda index`")
    written = sum(guess.how is How.WRITTEN for guess in names.guesses)
    guessed = [f"{one.name} = {one.other} ({one.how}, {one.document})" for one in names.guesses if one.how is not How.WRITTEN]
    counted = f"{written} from names.txt, {len(guessed)} guessed"
    mend = "a wrong guess is put right in names.txt of a corpus folder (A ≠ B), then `yanda index`"
    return Finding("names", True, f"{counted}: {'; '.join((*guessed, mend))}" if guessed else counted)


def _store(settings: Settings) -> Finding:
    try:
        name = assemble.store(settings)
    except SettingsError as error:
        return Finding("store", False, str(error))
    return Finding("store", True, f"{name}, in {settings.data_dir}")


def _composer(settings: Settings) -> Finding:
    said = "quote: answers are made of the documents' own statements"
    base = settings.llm_base_url
    if settings.composer == "quote" or not base:
        return Finding("composer", True, f"{said}; no LLM is asked")
    trouble = _unreachable(base, settings.llm_api_key, settings.llm_timeout_s or _PATIENCE_S)
    if trouble:
        mend = "start it, or set llm_base_url and llm_api_key, or composer to 'quote'"
        return Finding("composer", False, f"the LLM server {trouble}; {mend}")
    return Finding("composer", True, f"{said}; the LLM server {base} can be reached, but is not asked by this version yet")


def _unreachable(base: str, key: str, patience_s: float) -> str:
    """What stands between us and a list of models, the one thing every such server gives away; empty if nothing does."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        with urlopen(Request(f"{base}/models", headers=headers), timeout=patience_s):
            return ""
    except HTTPError as error:
        error.close()
        return f"answers {error.code} {error.reason} at {base}/models"
    except OSError as error:
        return f"cannot be reached at {base} ({getattr(error, 'reason', error)})"


def _slack(settings: Settings) -> Finding:
    missing = [name for name in ("slack_signing_secret", "slack_bot_token") if not getattr(settings, name)]
    if not missing:
        # half a second of imports, for those only who use Slack
        from web.channels.slack import workspace

        return Finding("slack", *workspace.looked_at(settings))
    # one of the two alone is somebody's mistake, none is somebody's choice
    return Finding("slack", len(missing) == 2, f"off until {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} set")
