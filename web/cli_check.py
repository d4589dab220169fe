"""Is everything there that the settings ask for: model, index, store, composer, Slack, the door, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import IndexingError
from index.library import Library
from rag import assemble
from rag.composers.calls import LlmError, Why
from rag.composers.llm import Llm
from rag.names.book import Names
from rag.names.types import How
from rag.settings import Settings, SettingsError
from web import cli_door as door
from web.cli_tables import Finding

__all__ = ["findings"]

_NAMED = 12  # models that are told by name
_TROUBLE = {
    Why.UNREACHABLE: "cannot be reached",
    Why.STATUS: "answers {} when asked for its models",
    Why.SLOW: "does not answer in time",
}


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
    if settings.composer == "quote" or not settings.llm_base_url:
        return Finding("composer", True, "quote: answers are made of the documents' own statements; no LLM is asked")
    llm = Llm.of(settings)
    try:
        models = llm.models()
    except LlmError as error:
        trouble = _TROUBLE.get(error.why, "sends no list of models").format(error.detail)
        mend = (
            "start it, or set llm_base_url and llm_api_key, or composer to 'quote'; until then the documents' own words answer"
        )
        return Finding("composer", False, f"llm: {llm.base} {trouble}; {mend}")
    if models and llm.model not in models:
        named = ", ".join(models[:_NAMED])
        wrong = f"llm_model is {llm.model or 'not set'}; {llm.base} has {named}; set llm_model to one of them"
        return Finding("composer", False, f"llm: {wrong}")
    return Finding("composer", True, f"llm: {llm.model or 'the one model'} at {llm.base}")


def _slack(settings: Settings) -> Finding:
    missing = [name for name in ("slack_signing_secret", "slack_bot_token") if not getattr(settings, name)]
    if not missing:
        # half a second of imports, for those only who use Slack
        from web.channels.slack import workspace

        return Finding("slack", *workspace.looked_at(settings))
    # one of the two alone is somebody's mistake, none is somebody's choice
    return Finding("slack", len(missing) == 2, f"off until {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} set")
