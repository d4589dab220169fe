"""How is the reader told what became of the LLM, and why a sentence of it was taken out?"""

from __future__ import annotations

from rag.composers.calls import LlmError, Why
from rag.composers.outward import Forbidden

__all__ = ["COMPLETED", "DECLINED", "NOTHING_PASSED", "failure", "struck"]

Both = tuple[str, str]  # in Chinese, in English

_FAILED: dict[Why, Both] = {
    Why.UNREACHABLE: ("大模型服务连不上", "the LLM server cannot be reached"),
    Why.STATUS: ("大模型服务返回 {detail}", "the LLM server answers {detail}"),
    Why.SLOW: ("大模型没有在限定时间内答完", "the LLM took longer than it may"),
    Why.BROKEN: ("大模型的回答中途断开", "the LLM's answer broke off"),
    Why.GARBLED: ("大模型服务返回的内容无法识别", "the LLM server sends something that is no answer"),
    Why.ENDLESS: ("大模型说个没完，已截断", "the LLM went on and on and was cut off"),
    Why.RESTING: ("大模型服务刚才连续出错，暂不询问", "the LLM server failed several times and is left alone for a while"),
}
_INSTEAD: Both = ("{what}；以下是资料的原话", "{what}; these are the documents' own words")
_PARTLY: Both = ("{what}；回答可能不完整", "{what}; the answer may be incomplete")
NOTHING_PASSED: Both = (
    "大模型写的话没有一句通过核对；以下是资料的原话",
    "no sentence of the LLM passed the check; these are the documents' own words",
)
DECLINED: Both = (
    "大模型认为资料没有直接回答这个问题；以下是资料里最接近的原话，请自行判断",
    "the LLM finds no direct answer in the sources; these are the documents' closest words, judge for yourself",
)
COMPLETED: Both = ("缺的部分用资料的原话补上", "what was missing is told in the documents' own words")
_STRUCK: dict[Forbidden, Both] = {
    Forbidden.LINK: ("含有链接、图片或代码", "holds a link, an image or code"),
    Forbidden.BACKSTAGE: ("谈的是指令，不是资料", "speaks of instructions, not of the sources"),
    Forbidden.ORDER: ("是文件里的指令要它说的", "is what an order in a document wants said"),
    Forbidden.LANGUAGE: ("不是用提问的语言写的", "is not in the language of the question"),
    Forbidden.REPEATED: ("已经说过", "was said before"),
}


def failure(error: LlmError, *, begun: bool, english: bool) -> str:
    """Why the model did not answer, or not to the end, and what stands there instead."""
    what = _FAILED[error.why][english].format(detail=error.detail)
    return (_PARTLY if begun else _INSTEAD)[english].format(what=what)


def struck(why: Forbidden, *, english: bool) -> str:
    """Why a sentence was taken out."""
    return _STRUCK[why][english]
