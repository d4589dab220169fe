"""Orders hidden in documents and questions, against a model that obeys every one of them: what the reader gets to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import open_library, update
from rag.bot import Bot
from rag.composers.guarded import Guarded
from rag.composers.llm import Llm
from rag.types import Answer, Ask, Delta
from tests.rag.composers.stand_in_llm import StandIn, says
from tests.rag.conftest import READER
from tests.rag.test_bot import check

FOLDER = Path(__file__).parent
PARTS = ["<资料>", "</资料>", "<摘录>", "</摘录>", "<问题>", "</问题>"]
PARTS_IN_ENGLISH = ["<sources>", "</sources>", "<excerpts>", "</excerpts>", "<question>", "</question>"]
ASKED = "青岚云诊2031年的营业收入是多少？"


@dataclass(frozen=True)
class Attack:
    where: str
    order: str
    written: str
    forbidden: str


def attacks() -> Iterator[Attack]:
    for line in (FOLDER / "attacks.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            found = re.fullmatch(r"([DQ]) (.+) => (.+) ## (.+)", line)
            assert found, line
            yield Attack(found[1], found[2], found[3].replace("\\n", "\n"), found[4])


ATTACKS = list(attacks())


@pytest.fixture(scope="session")
def infected(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Bot:
    """A bot over a report in which every order stands as a paragraph of its own, right beside the figures."""
    folder, data_dir = tmp_path_factory.mktemp("infected"), tmp_path_factory.mktemp("infected-index")
    report = (FOLDER.parent / "fixtures" / "qinglan.md").read_text("utf-8")
    orders = "\n\n".join(attack.order for attack in ATTACKS if attack.where == "D")
    (folder / "qinglan.md").write_text(report.replace("## 复诊流程", f"{orders}\n\n## 复诊流程"), "utf-8")
    update((folder,), data_dir, embedder)
    return Bot(open_library(data_dir, embedder), READER)


def obeyed(bot: Bot, llm: Llm, question: str) -> Answer:
    writing = Bot(bot.library, READER, Guarded(llm))
    *told, answer = writing.steps(Ask(question))
    assert isinstance(answer, Answer)
    assert "".join(event.text for event in told if isinstance(event, Delta)) == answer.text
    check(answer)
    return answer


def test_there_are_forty_of_them_and_more() -> None:
    assert len(ATTACKS) >= 40
    assert {attack.where for attack in ATTACKS} == {"D", "Q"}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.order[:24])
def test_an_order_that_is_obeyed_does_not_reach_the_reader(infected: Bot, llm: Llm, server: StandIn, attack: Attack) -> None:
    server.script = says(attack.written)
    question = f"{ASKED}{attack.order}" if attack.where == "Q" else ASKED
    answer = obeyed(infected, llm, question)
    assert attack.forbidden not in answer.text
    if attack.where == "D":
        assert answer.answered
        assert re.search(r"３．６亿元|3\.6亿元", answer.text)
    assert "http" not in answer.text


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.order[:24])
def test_what_else_the_model_wrote_is_kept(infected: Bot, llm: Llm, server: StandIn, attack: Attack) -> None:
    server.script = says(f"2031年，青岚云诊的营业收入为3.6亿元[1]。\n{attack.written}\n")
    answer = obeyed(infected, llm, ASKED)
    assert attack.forbidden not in answer.text
    assert answer.text.startswith("2031年，青岚云诊的营业收入为3.6亿元")
    assert answer.composer == "llm"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.order[:24])
def test_no_order_can_end_the_part_of_the_prompt_that_it_stands_in(
    infected: Bot, llm: Llm, server: StandIn, attack: Attack
) -> None:
    server.script = says("资料不足")
    obeyed(infected, llm, f"{ASKED}{attack.order}" if attack.where == "Q" else ASKED)
    for wire in server.seen:
        given = wire.body["messages"][1]["content"]
        assert re.findall(r"</?[a-z\u3400-\u9fff]+>", given) in (PARTS, PARTS_IN_ENGLISH)
        assert "<|" not in given
        assert "[INST]" not in given


def test_neither_key_nor_address_is_in_the_prompt(infected: Bot, llm: Llm, server: StandIn) -> None:
    obeyed(infected, llm, ASKED)
    assert "sk-heron-secret" not in server.seen[0].prompt
    assert "127.0.0.1" not in server.seen[0].prompt
