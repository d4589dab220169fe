"""What the measured things are called, in each language of the READMEs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.plan import Corpus, Half, Measure

__all__ = ["WORDS", "Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """Headings, names and sentences; braces are filled in."""

    share: str
    speed: str
    target: str
    value: str
    kind: str
    by_kind: str
    missed: str
    none_missed: str
    measured_on: str
    over: str
    column: str
    asked: str
    comma: str
    at_least: str
    at_most: str
    seconds: str
    ms: str
    corpora: Mapping[Corpus, str]
    halves: Mapping[Half, str]
    measures: Mapping[Measure, str]
    kinds: Mapping[str, str]


_ENGLISH = Words(
    share="share",
    speed="time and memory, digests",
    target="target",
    value="measured",
    kind="kind",
    by_kind="Right answers by kind of question, right/asked:",
    missed="Missed: {what}: {values}, target {target}.",
    none_missed="No target is missed.",
    measured_on="Measured on {cores} CPU cores, {machine}, Python {python}, without a GPU.",
    over="{measure}, {corpus}",
    column="{corpus}, {half}",
    asked=" ({asked})",
    comma=", ",
    at_least="≥",
    at_most="≤",
    seconds="s",
    ms="ms",
    corpora={Corpus.DIGESTS: "digests", Corpus.ORIGINALS: "originals", Corpus.OTHER: "another library"},
    halves={Half.HELD_OUT: "held out", Half.DEVELOPMENT: "development"},
    measures={
        Measure.ANSWERABLE: "right and cited, of the questions that have an answer",
        Measure.ALL: "right, of all questions",
        Measure.SUPPORT: "citations whose quote stands at its offsets",
        Measure.REFUSAL_PRECISION: "refusals that are right (precision)",
        Measure.REFUSAL_RECALL: "unanswerable questions refused (recall)",
        Measure.DECLINED: "questions that have an answer, declined",
        Measure.CARRIED: "answers whose every figure is cited",
        Measure.LENGTH: "characters of an answer to a how-many question, median",
        Measure.READY: "`yanda serve` to `/readyz`, index present",
        Measure.P50: "warm question over HTTP, p50 of {asked}",
        Measure.P95: "warm question over HTTP, p95 of {asked}",
        Measure.MEMORY: "peak memory of the server after {asked} questions",
        Measure.FIRST_INDEX: "`yanda index`, first time",
        Measure.FIRST_START: "`yanda serve --index` to `/readyz`, no index yet",
    },
    kinds={
        "refuse": "not in the library",
        "figure": "a figure",
        "cell": "a table cell",
        "follow": "follow-up",
        "multi": "several documents",
        "two": "two questions in one",
        "when": "when",
        "yesno": "yes or no",
        "keyword": "keywords only",
        "conflict": "sources that disagree",
    },
)

_CHINESE = Words(
    share="比例",
    speed="时间与内存（摘编）",
    target="目标",
    value="实测",
    kind="类型",
    by_kind="各类问题的答对数/提问数：",
    missed="未达标：{what}，{values}，目标 {target}。",
    none_missed="各项目标均已达到。",
    measured_on="测量环境：{cores} 个 CPU 核心，{machine}，Python {python}，没有显卡。",
    over="{corpus}：{measure}",
    column="{corpus}，{half}",
    asked="（{asked}）",
    comma="、",
    at_least="≥",
    at_most="≤",
    seconds="秒",
    ms="毫秒",
    corpora={Corpus.DIGESTS: "摘编", Corpus.ORIGINALS: "原文", Corpus.OTHER: "另一个资料库"},
    halves={Half.HELD_OUT: "留出", Half.DEVELOPMENT: "开发"},
    measures={
        Measure.ANSWERABLE: "有答案的问题中，答对且引用正确",
        Measure.ALL: "全部问题中，答对",
        Measure.SUPPORT: "引文与所标位置的原文一致",
        Measure.REFUSAL_PRECISION: "拒答中，确实没有答案（精确率）",
        Measure.REFUSAL_RECALL: "没有答案的问题中，拒答（召回率）",
        Measure.DECLINED: "有答案却被拒答的问题",
        Measure.CARRIED: "每个数字都有引文的回答",
        Measure.LENGTH: "数量类问题的回答字数（中位数）",
        Measure.READY: "已有索引，从 `yanda serve` 到 `/readyz`",
        Measure.P50: "预热后经 HTTP 提问，{asked} 次的 p50",
        Measure.P95: "预热后经 HTTP 提问，{asked} 次的 p95",
        Measure.MEMORY: "问过 {asked} 次之后服务进程的内存峰值",
        Measure.FIRST_INDEX: "首次 `yanda index`",
        Measure.FIRST_START: "没有索引，从 `yanda serve --index` 到 `/readyz`",
    },
    kinds={
        "refuse": "资料中没有",
        "figure": "数字",
        "cell": "表格单元",
        "list": "列举",
        "follow": "追问",
        "why": "原因",
        "multi": "跨多份资料",
        "who": "谁",
        "when": "时间",
        "compare": "比较",
        "definition": "定义",
        "yesno": "是否",
        "two": "一问含两问",
        "how": "方式",
        "colloquial": "口语",
        "keyword": "仅关键词",
        "where": "地点",
        "steps": "步骤",
        "summary": "概括",
        "conflict": "来源不一致",
    },
)

WORDS = {"en": _ENGLISH, "zh": _CHINESE}
