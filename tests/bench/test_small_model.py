"""The bench of the LLM composer, run against the stand-in server of the test suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.small_model import main
from tests.rag.composers.stand_in_llm import fails, says, stand_in


@pytest.mark.parametrize(("script", "told"), [(fails(401), "0.000"), (says("资料不足"), "1.000")])
def test_it_tells_how_often_the_documents_answered_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], script: object, told: str
) -> None:
    with stand_in() as server:
        server.script = script  # type: ignore[assignment]
        assert main(["--url", server.url, "--questions", "3", "--data", str(tmp_path), "--timeout", "3"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if " llm " in line or " quote " in line]
    assert [row[1] for row in rows] == ["quote", "llm"]
    assert told in rows[1]
