"""What is asked: the kind of answer wanted, the words that carry the content, the years, the parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import is_word, parts_of, stop_words, words
from rag.lexicon import same


class Kind(StrEnum):
    """Kinds of question; each wants evidence of its own shape."""

    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    RANK = "rank"
    MULTIPLE = "multiple"
    QUANTITY = "quantity"
    WHO = "who"
    WHERE = "where"
    STEPS = "steps"
    LIST = "list"
    DEFINITION = "definition"
    WHY = "why"
    HOW = "how"
    YESNO = "yesno"
    SUMMARY = "summary"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, read: `terms` are its folded content words, `names` those that name something."""

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: tuple[str, ...]
    things: tuple[str, ...] = ()  # the content words that are nouns: what the evidence has to speak of
    measure: tuple[str, ...] = ()  # the words of the noun beside "how much": 净利润 in 净利润是多少
    measured: tuple[str, ...] = ()  # those of them that the lexicon knows
    years: tuple[int, ...] = ()
    english: bool = False
    compares: bool = False
    sources: bool = False  # it asks whether several sources agree
    superlative: int = 0  # 1 the greatest is asked for, -1 the least
    rank: int = 0  # the third → 3
    parts: tuple[str, ...] = ()  # the questions in it, where there are several
    sides: tuple[str, ...] = ()  # the same question about each of two things that are compared

    @property
    def numeric(self) -> bool:
        return self.kind in WANTED


# first match wins: what asks for something narrow stands before what asks for something wide
_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.WHY, r"为什么|为啥|为何|凭什么|凭啥|缘何|原因(?:是|有|在)|什么原因|怎么会|怎么就|何以|图(?:个)?(?:什么|啥)|\bwhy\b|reasons?\b"),
    (Kind.STEPS, r"步骤|分(?:哪)?几步|(?:几|哪些|哪几)个?(?:步|阶段|环节)|怎么一步步|流程(?:是|有|怎|如)|先后|\bsteps?\b|\bstages?\b"),
    (Kind.DEFINITION, r"什么是|是什么意思|啥意思|指的?是?(?:什么|啥|哪)|是指|怎么定义|如何定义|定义(?:是|为)?|什么叫|是(?:哪|什么|怎样的?)一?(?:类|种)?人|是个?什么东西|含义|what does .* mean|what is (?:an? )?[\w-]+\??$|define"),
    (Kind.SHARE, r"百分之几|百分之多少|比例|占比|比重|份额.{0,6}(?:多少|几|多大)|几成|多少成|百分点|率(?:是|为|有|大概|约|能|达|到|各|分别)?(?:多少|几|多高|怎)|占多(?:少|大)|占(?:了|到)?几|占.{0,12}(?:多少|几)|what (?:share|percent|proportion|fraction)|percentage|how many percent"),
    (Kind.DURATION, r"多久|多长时间|几个?(?:钟头|小时|分钟|个月|天|周|年)(?!级|代)|多少(?:个)?(?:小时|分钟|天|个月|月|周|钟头|时间)|几年时间|how long|how many (?:hours|minutes|days|months|years)"),
    (Kind.MONEY, r"融(?:了|资|到)?.{0,4}多少|[钱款].{0,4}多少|多少(?:钱|元|美元|人民币|亿|万元|银子)|几个?亿|营收(?:是|为|有)?多少|(?:收入|营收|金额|费用|成本|销售额|利润|进账|规模|资金|投资|融资额).{0,6}(?:多少|几)|卖(?:了|到|出)?多少|赚(?:了)?多少|花(?:了|费|掉)?多少|how much (?:money|revenue|profit|funding|did .* (?:earn|raise|make))"),
    (Kind.DATE, r"什么时候|啥时候|何时|哪(?:一)?年|几年(?:成立|创|建|上市)|哪(?:一)?(?:天|月|日)|几月|几号|什么(?:日期|时间|年份)|时间(?:点)?是|年份|多早|截止|\bwhen\b|what year|which year|what date"),
    (Kind.RANK, r"第几|排(?:名|行|在|到|位|老)?几|名次|位列第|排名(?:如何|怎|多少)|\brank"),
    (Kind.MULTIPLE, r"(?:几|多少)倍|how many times"),
    (Kind.WHERE, r"哪里|(?<!差在)(?<!别在)(?<!样在)(?<!同在)哪儿|何处|(?<!不一样)(?<!差)(?<!别)(?<!不同)在哪(?!些|个阶段)|哪个?(?:省|市|城市|地方|国家|地区)|哪些(?:省|城市|地区|地方|国家)|哪几个?(?:省|市|城市|地)|什么地方|总部(?:设|位)|\bwhere\b"),
    (Kind.LIST, r"哪些|哪几|哪[二两三四五六七八九十]|有什么(?!区别|不同)|分别(?:是|有|为|想|叫|指)|都有(?:谁|啥|什么)|包括(?:什么|啥)|包含(?:什么|啥)|列(?:出|举)|几(?:大|类|种|样|项|条|方面|重|块|级)|什么(?:样的)?(?:问题|困难|优势|缺点|优点|弊端|好处|特点)|which .*s\b|what are|list "),
    (Kind.WHO, r"谁|哪(?:一)?(?:家|位|个(?:公司|企业|平台|机构|品牌|人|单位|部门))|何人|什么人|(?:创办人|创始人|董事长|院长|负责人|发起人|领投方|投资方)(?:是|叫)?|叫(?:什么|啥)(?:名字)?|\bwho\b|whose|which (?:company|platform|firm)"),
    (Kind.QUANTITY, r"多少|几[万千百亿]|几(?:个|家|名|位|种|项|批|次|款|条|篇|场|人|所|轮|例|台|套|份|期|分|成|门)|多大(?!的)|多高|how (?:many|much)|number of|what (?:is|was) the (?:number|total)"),
    (Kind.HOW, r"怎么|如何|怎样|咋|靠(?:什么|啥)|用(?:什么|啥)|通过(?:什么|啥)|以什么|\bhow\b"),
    (Kind.YESNO, r"是不是|有没有|是否|能不能|会不会|可不可以|对不对|对吗|(?:吗|(?<![什怎多那这])么)\s*[？?]?$|^(?:is|are|do|does|did|has|have|can)\b"),
    (Kind.SUMMARY, r"总结|概括|概述|介绍|说说|讲讲|谈谈|概况|简述|情况(?:如何|怎|$)|summar|overview|tell me about"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

# the kinds of figures that answer each kind of question, the likeliest first
WANTED: dict[Kind, tuple[NumberKind, ...]] = {
    Kind.SHARE: (NumberKind.SHARE,),
    Kind.MONEY: (NumberKind.MONEY, NumberKind.COUNT, NumberKind.SHARE),
    Kind.DURATION: (NumberKind.DURATION, NumberKind.DATE),
    Kind.DATE: (NumberKind.DATE,),
    Kind.RANK: (NumberKind.RANK,),
    Kind.MULTIPLE: (NumberKind.MULTIPLE,),
    Kind.QUANTITY: (NumberKind.COUNT, NumberKind.SHARE, NumberKind.MONEY, NumberKind.DURATION, NumberKind.PLAIN, NumberKind.MULTIPLE),
}

_COMPARES = re.compile(r"相比|比较|对比|区别|不同|差别|差异|差(?:了|多少)|谁(?:更|的|家)|(?:更|还是).{0,12}(?:多|高|大|吃|强|好|快|早)|哪(?:边|个|家|一)更|一样吗|vs|versus|compare|differ")
_SOURCES = re.compile(r"(?:几|两|多|各|三|不同)(?:份|个|家|种)?(?:行业|调研|研究)?(?:报告|资料|来源|文件|说法|口径|媒体).{0,12}(?:一样|一致|对得上|相同|不同|矛盾|吗|差)|说法(?:一样|一致)|口径(?:一样|一致)|sources (?:agree|differ)")
_SUPERLATIVES = (
    (1, re.compile(r"最(?!低|少|小|差|后|不|近|新|早|终|期|盼|起)|榜首|首位|第一(?!次|批|轮|步|个)|名列前茅|冠军|\b(?:most|highest|largest|top)\b")),
    (-1, re.compile(r"最(?:低|少|小|差|不)|垫底|末位|倒数|\b(?:least|lowest|smallest)\b")),
)
_RANK = re.compile(r"(?<!第三)第([二三四五六七八九十]|\d{1,2})(?:名|位|多|高|大|的)?(?!季度|批|轮|次|步|章|方|年|期)")
_NAMING = ("nr", "ns", "nz", "eng")
_NOUN = ("n", "j", "eng", "vn", "s", "l", "i")
_ASKING = re.compile(
    r"百分之几|百分之多少|(?:多大)?(?:比例|占比|比重|份额)|什么时候|啥时候|为什么|为啥|为何|凭什么|多少|哪[些个家年里儿位几种类边样]?|什么|啥|几|怎么样?|如何|怎样|咋|谁|是不是|有没有|是否|吗|呢"
    r"|比一比|大概|大约|到底|究竟|请问|分别|各自|我想知道|告诉我|介绍一下|说说|讲讲|一共|总共|现在|目前|东西|名字|排第|城市|哪里|地方|这笔|那笔|那阵子|what|which|how|many|much|who|when|where|why"
)
_MEASURED = re.compile(
    r"([\u3400-\u9fffA-Za-z]{2,12}?)(?:大概|大约|约|究竟|到底|一共|总共|现在|又|各自|各|分别|能|可以|已经)?"
    r"(?:是|为|有|占|达到|达|到|在)?(?:了)?(?:大概|约)?(?:多少|几成|百分之几|多大|多高|怎么样|第几)"
)
_COUNTED = re.compile(r"(?:多少|几)(?:个|家|名|位|种|项|批|次|款|条|篇|场|人|所|轮|例|台|套|份|期|亿|万|元|门|件|座|类)?([\u3400-\u9fffA-Za-z]{2,8})")
_SPLIT = re.compile(r"[？?；;]+|[。！!]+|[，、](?=(?:它|他|其|又|那|另外|还有|同时|以及|而|以后|只有)|[^，]{0,18}(?:多少|哪|谁|几|什么|怎|如何|为))")
_ASKS = re.compile(r"多少|几|哪|谁|什么|啥|怎|如何|为何|何时|吗|是否|是不是|\b(?:what|who|when|where|how|why|which)\b")
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read(text: str) -> Question:
    """The question as the rest of the journey needs it; `text` must stand alone already."""
    folded = fold(text)
    latin, han = len(_LATIN.findall(folded)), len(_HAN.findall(folded))
    rank = _RANK.search(folded)
    terms, names, things = _content(text)
    return Question(
        text=text,
        kind=kind_of(text),
        terms=terms,
        names=names,
        things=things,
        measure=(measure := _measure(text)),
        measured=tuple(word for word in measure if len(same(word)) > 1),
        years=tuple(year for number in numbers(text) for year in _years(number.year, number.high)),
        english=latin > 2 * han,
        compares=bool(_COMPARES.search(folded)),
        sources=bool(_SOURCES.search(folded)),
        superlative=next((sign for sign, pattern in reversed(_SUPERLATIVES) if pattern.search(folded)), 0),
        rank=_ordinal(rank[1]) if rank else 0,
        parts=_parts(text),
        sides=_sides(text),
    )


def read_parts(question: Question) -> tuple[Question, ...]:
    """The questions in a question, each read by itself; the sides of a comparison where it has no parts."""
    return tuple(read(part) for part in question.parts or question.sides)


def kind_of(text: str) -> Kind:
    """The kind of answer that is wanted."""
    folded = fold(text).strip()
    return next((kind for kind, pattern in _COMPILED if pattern.search(folded)), Kind.OPEN)


def _years(first: int | None, last: float | None) -> tuple[int, ...]:
    if first is None:
        return ()
    return (first, int(last)) if last else (first,)


def _ordinal(digit: str) -> int:
    return int(digit) if digit.isdigit() else "零一二三四五六七八九十".index(digit)


def _content(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Content words in order, each once; those of them that are names; those that are nouns."""
    terms: dict[str, None] = {}
    names: dict[str, None] = {}
    things: dict[str, None] = {}
    for word, tag in words(_ASKING.sub(" ", text)):
        folded = fold(word).strip()
        if not folded or folded in stop_words() or not re.search(r"[\w%]", folded):
            continue
        if len(folded) == 1 and not tag.startswith(("n", "eng")) and not folded.isascii():
            continue
        for piece in _pieces(folded, tag):
            terms[piece] = None
            if tag.startswith(_NAMING) or re.fullmatch(r"[a-z][\w.+-]*", piece):
                names[piece] = None
            if tag.startswith(_NOUN) and len(piece) > 1 and (is_word(piece) or piece.isascii()):
                things[piece] = None
    return tuple(terms), tuple(names), tuple(things)


def _measure(text: str) -> tuple[str, ...]:
    """The words of the noun that is counted or measured: before 是多少, else after 多少."""
    before = _MEASURED.search(text)
    after = _COUNTED.search(text)
    for phrase, last in ((before and before[1], True), (after and after[1], False)):
        found = words(phrase) if phrase else []
        run: list[str] = []
        for word, tag in reversed(found) if last else found:
            if not tag.startswith((*_NOUN, "v", "a", "b")) or fold(word) in stop_words():
                break
            run.append(fold(word))
        nouns = [word for word in run if len(word) > 1 and is_word(word)]
        if nouns:
            return tuple(nouns[:2])
    return ()


def _pieces(word: str, tag: str) -> tuple[str, ...]:
    """A long noun as the words it is made of (儿科医生 → 儿科, 医生), so that one of them can be missed; a name whole."""
    if len(word) < 4 or tag.startswith(_NAMING) or not _HAN.match(word):
        return (word,)
    parts = [part for part in parts_of(word) if part != word]
    return tuple(parts) if "".join(parts) == word else (word,)


def _parts(text: str) -> tuple[str, ...]:
    """Where several things are asked, each with the subject of the first in front when it names none of its own."""
    pieces = [piece.strip(" ，,") for piece in _SPLIT.split(text)]
    asking: list[str] = []
    for piece in filter(None, pieces):
        if asking and not _ASKS.search(fold(asking[-1])):
            asking[-1] += f"，{piece}"
        elif _ASKS.search(fold(piece)) and (len(_content(piece)[0]) > 1 or not asking):
            asking.append(piece)
        elif asking:
            asking[-1] += f"，{piece}"
        else:
            asking.append(piece)
    if len(asking) < 2 or not _ASKS.search(fold(asking[0])):
        return ()
    subject = subject_of(asking[0])
    return (asking[0], *(_with_subject(piece, subject) for piece in asking[1:]))


def _with_subject(piece: str, subject: str) -> str:
    if not subject or subject in piece:
        return piece
    pronoun = _PRONOUN.match(piece)
    if pronoun:
        return subject + piece[pronoun.end() :]
    found = words(piece)
    return piece if found and found[0][1].startswith(("nr", "nt", "nz", "ns", "eng", "n", "j")) else subject + piece


def subject_of(text: str) -> str:
    """What a question is about: the noun phrase it opens with, or its first name."""
    phrase = ""
    for word, tag in words(text):
        if tag.startswith(("n", "j", "eng", "vn", "a")) and not _ASKS.search(word):
            phrase += word
        elif phrase:
            break
    names = _content(text)[1]
    if names:
        at = fold(text).find(names[0])
        name = text[at : at + len(names[0])]
        return phrase if name in phrase else name
    return phrase


def _sides(text: str) -> tuple[str, ...]:
    """医脉通和梅斯医学，谁的注册医生多？ → the question about each."""
    found = _PAIR.search(_COMPARING.sub("", text))
    if not found:
        return ()
    text = _COMPARING.sub("", text)
    rest = re.sub(r"^[，, 的里]*(?:[两三四五]家|二者|三者|两者)?[，, 的]*", "", text[found.end() :])
    before = text[: found.start()]
    sides = [side.strip(" ，,") for side in _JOINED.split(found.group()) if side.strip(" ，,")]
    return tuple(f"{before}{side}{rest}" for side in sides)


_PRONOUN = re.compile(r"^(?:其中|它们?家?的?|他们?家?的?|她们?|又|那么?|另外|而)[，, ]?")
_COMPARING = re.compile(r"^(?:请)?(?:比一比|比较一?下?|对比一?下?|比较|对比)")
_JOINED = re.compile(r"，?(?:和|与|跟|同|以及)|、")
_THING = r"(?:[\u3400-\u9fff]|[A-Za-z0-9 ]){2,16}?"
_PAIR = re.compile(
    rf"{_THING}(?:(?:，?(?:和|与|跟|同|以及)|、){_THING})+"
    r"(?=[，,]?(?:谁|哪|各|分别|手里|的|有什么(?:区|不)|相比|比|在|都|[两三四五]家|二者|三者|两者))"
)
