"""Do the READMEs show what happens: the answers as they are given, and in both languages the same?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from rag import assemble
from rag.bot import Bot
from rag.settings import Settings
from rag.types import Ask, Turn
from web.schemas import AskIn, answer_out

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A bot over the one digest that the examples are about: it is indexed in seconds."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").mkdir()
    shutil.copy(ROOT / "seeds/medlive-2021-results.md", folder / "seeds")
    settings = Settings(data_dir=folder / "data")
    assemble.build_index(settings, (folder / "seeds",))
    return assemble.bot(settings)


def readme(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """What stands in the fenced blocks of one kind."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for named, block in fenced if named == kind]


def outside(text: str) -> str:
    """The text without fenced blocks and measured tables."""
    bare = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"<!-- bench:start -->.*<!-- bench:end -->", "", bare, flags=re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_the_questions_shown_get_the_answers_shown(name: str, bot: Bot) -> None:
    shown = next(block for block in blocks(readme(name), "") if block.startswith("$ "))
    asked = re.findall(r'^\$ \.venv/bin/yanda ask "(.+)"\n((?:(?!\$ ).*\n)*)', shown, re.MULTILINE)
    assert len(asked) == 2
    for question, said in asked:
        answer = bot.answer(Ask(question))
        assert said.splitlines()[0] == answer.text.replace("**", "")
        assert re.findall("“(.+)”$", said, re.MULTILINE) == [citation.quote for citation in answer.citations]
        for citation in answer.citations:
            meta = citation.passage.document.meta
            assert all(part in said for part in (meta.title, meta.publisher, meta.date, *citation.passage.section.path[-1:]))


@pytest.mark.parametrize("name", READMES)
def test_the_follow_up_shown_is_understood_and_answered_as_shown(name: str, bot: Bot) -> None:
    text = readme(name)
    request = AskIn.model_validate_json(next(block for block in blocks(text, "json") if '"history"' in block))
    history = tuple(Turn(turn.role, turn.content) for turn in request.history)
    answer = bot.answer(Ask(request.question, history, tuple(request.documents)))
    assert answer.answered
    assert f"`{request.question}`" in text
    assert answer.standalone_question in outside(text)
    assert answer.text in outside(text)


@pytest.mark.parametrize("name", READMES)
def test_the_json_shown_is_what_is_returned(name: str, bot: Bot) -> None:
    shown = json.loads(next(block for block in blocks(readme(name), "json") if '"citations"' in block))
    given = answer_out(bot.answer(Ask(shown["question"])), shown["id"]).model_dump()
    assert list(shown) == list(given)
    for field in (
        "question",
        "standalone_question",
        "answered",
        "answer",
        "conflicts",
        "chart",
        "nearest",
        "composer",
        "struck",
    ):
        assert shown[field] == given[field], field
    assert [{**one, "unit": ""} for one in shown["figures"]] == [{**one, "unit": ""} for one in given["figures"]]
    for one, other in zip(shown["citations"], given["citations"], strict=True):
        assert list(one) == list(other)
        exact = ("n", "document", "publisher", "date", "source", "quote", "start", "end", "url")
        assert [one[field] for field in exact] == [other[field] for field in exact]


def test_both_languages_show_the_same_examples() -> None:
    english, chinese = (readme(name) for name in READMES)
    for kind in ("json", "toml", "markdown"):
        assert blocks(english, kind) == blocks(chinese, kind)
    commands = [re.sub(r" +#.*", "", "".join(blocks(text, "sh"))) for text in (english, chinese)]
    assert commands[0] == commands[1]


def test_both_languages_have_the_same_sections_and_tables() -> None:
    english, chinese = (outside(readme(name)) for name in READMES)
    levels = [[len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)] for text in (english, chinese)]
    assert levels[0] == levels[1]
    routes = [set(re.findall(r"`((?:GET|POST) /[^`]*)`", text)) for text in (english, chinese)]
    assert routes[0] == routes[1]


@pytest.mark.parametrize("name", READMES)
def test_links_within_a_page_lead_somewhere(name: str) -> None:
    text = readme(name)
    headings = {re.sub(r"\s+", "-", heading.lower()) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings
    files = [link.split("#")[0] for link in re.findall(r"\]\(([^)#:]+(?:#[^)]*)?)\)", text)]
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_no_page_names_a_folder_of_somebodys_machine(name: str) -> None:
    assert not re.findall(r"(?<![\w.~/])/(?:home|root|tmp|work|Users)/", readme(name))
