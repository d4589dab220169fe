"""Is everything there that the settings ask for: settings, model, index, store, composer and Slack, looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from index.errors import IndexingError
from rag import assemble
from rag.settings import Settings, SettingsError
from web.cli_tables import Finding

__all__ = ["findings"]

_PATIENCE_S = 5.0


def findings(settings: Settings) -> Iterator[Finding]:
    """One finding after another, as soon as each is known; nothing is changed and nothing built."""
    yield Finding("settings", True, ", ".join(f"{name}={value}" for name, value in settings.shown().items() if value))
    yield _model(settings)
    yield _library(settings)
    yield _store(settings)
    yield _composer(settings)
    yield _slack(settings)


def _model(settings: Settings) -> Finding:
    try:
        embedder = assemble.embedder(settings)
        dimension = embedder.queries(["研答"]).shape[1]
    except IndexingError as error:
        return Finding("model", False, str(error))
    return Finding("model", True, f"{embedder.name}, {dimension} dimensions")


def _library(settings: Settings) -> Finding:
    try:
        library = assemble.bot(settings).library
    except (IndexingError, SettingsError) as error:
        return Finding("index", False, str(error))
    missing = [f"{one.path}: {one.reason}" for one in library.skipped]
    counts = f"{len(library.documents)} documents, {len(library.passages)} passages"
    whole = f"{library.fingerprint}, every byte as it was built, {counts}"
    if missing:
        return Finding("index", False, f"{whole}; skipped {'; '.join(missing)}; mend the files and run `yanda index`")
    return Finding("index", True, whole)


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
        return Finding("slack", True, "on")
    # one of the two alone is somebody's mistake, none is somebody's choice
    return Finding("slack", len(missing) == 2, f"off until {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} set")
