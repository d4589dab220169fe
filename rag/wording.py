"""How would the library put a question: 首席执行官 where somebody says 掌舵人, and 多少 where somebody says 几多?"""

from __future__ import annotations

from collections.abc import Callable

from index.chinese.fold import fold
from rag.lexicon import same
from rag.question import Question

# what is asked with in Cantonese, folded to simplified characters: reports are written in the standard language
_SPOKEN = {
    "几多": "多少",
    "点解": "为什么",
    "边个": "哪个",
    "边间": "哪家",
    "边度": "哪里",
    "几时": "什么时候",
    "乜嘢": "什么",
    "系咪": "是不是",
    "有冇": "有没有",
    "点样": "怎样",
}


def standard(question: str) -> str:
    """The question with its asking words in the standard language; otherwise as it was written."""
    folded = fold(question)
    for spoken, written in _SPOKEN.items():
        while (place := folded.find(spoken)) >= 0:
            question = question[:place] + written + question[place + len(spoken) :]
            folded = fold(question)
    return question


def in_library_words(question: Question, often: Callable[[str], int]) -> str:
    """The folded question, each word that the library never uses replaced by the word of the same meaning it uses most."""
    text = fold(question.text)
    for term in question.terms:
        known = {other: often(other) for other in same(term) if other != term} if not often(term) else {}
        best = max(known, key=lambda other: (known[other], other), default="")
        if best and known[best]:
            text = text.replace(term, best)
    return text
