"""Which kind of answer does a question want, and which figures would give it?"""

from __future__ import annotations

import re
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind
from rag.topic import topic


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


# the kinds of figures that answer each kind of question, the likeliest first
WANTED: dict[Kind, tuple[NumberKind, ...]] = {
    Kind.SHARE: (NumberKind.SHARE,),
    Kind.MONEY: (NumberKind.MONEY, NumberKind.COUNT, NumberKind.SHARE),
    Kind.DURATION: (NumberKind.DURATION, NumberKind.DATE),
    Kind.DATE: (NumberKind.DATE,),
    Kind.RANK: (NumberKind.RANK,),
    Kind.MULTIPLE: (NumberKind.MULTIPLE,),
    Kind.QUANTITY: (
        NumberKind.COUNT,
        NumberKind.SHARE,
        NumberKind.MONEY,
        NumberKind.DURATION,
        NumberKind.PLAIN,
        NumberKind.MULTIPLE,
    ),
}

# first match wins: what asks for something narrow stands before what asks for something wide
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.WHY,
        r"为什么|为啥|为何|凭什么|凭啥|缘何|原因(?:是|有|在)|什么原因|怎么会|怎么就|何以|图(?:个)?(?:什么|啥)|\bwhy\b"
        r"|reasons?\b",
    ),
    (
        Kind.STEPS,
        r"步骤|分(?:哪)?几步|(?:几|哪些|哪几)个?(?:步|阶段|环节)|怎么一步步|流程(?:是|有|怎|如|走)|(?:什么|哪些|怎样的|啥)流程|哪几关|先后|\bsteps?\b"
        r"|\bstages?\b",
    ),
    (
        Kind.DEFINITION,
        r"什么是|是什么意思|啥意思|指的?是?(?:什么|啥|哪)|是指|怎么定义|如何定义|定义(?:是|为)?|什么叫"
        r"|是(?:哪|什么|怎样的?)一?(?:类|种)?人|是个?什么东西|含义|what does .* mean|what is (?:an? )?[\w-]+\??$|define",
    ),
    (
        Kind.MULTIPLE,
        r"(?:几|多少)倍|how many times",
    ),
    (
        Kind.SHARE,
        r"百分之几|百分之多少|比例|占比|比重|份额.{0,6}(?:多少|几|多大)|几成|多少成|百分点"
        r"|率(?:是|为|有|大概|约|能|达|到|各|分别)?(?:多少|几|多高|怎)|占多(?:少|大)|占(?:了|到)?几"
        r"|占.{0,12}(?:多少|几)|what (?:share|percent|proportion|fraction)|percentage|how many percent",
    ),
    (
        Kind.DURATION,
        r"多久|多长时间|几个?(?:钟头|小时|分钟|个月|天|周|年)(?!级|代)"
        r"|多少(?:个)?(?:小时|分钟|天|个月|月|周|钟头|时间)|几年时间|how long"
        r"|how many (?:hours|minutes|days|months|years)",
    ),
    (
        Kind.MONEY,
        r"融(?:了|资|到)?.{0,4}多少|[钱款].{0,4}多少|多少(?:钱|元|美元|人民币|亿|万元|银子)|几个?亿"
        r"|营收(?:是|为|有)?多少|(?:收入|营收|金额|费用|成本|销售额|利润|进账|规模|资金|投资|融资额).{0,6}(?:多少|几)"
        r"|卖(?:了|到|出)?多少|赚(?:了)?多少|花(?:了|费|掉)?多少"
        r"|how much (?:money|revenue|profit|funding|did .* (?:earn|raise|make))"
        r"|what (?:is|was|were|are) .*\b(?:revenue|profit|income|sales|funding|cost)s?\b",
    ),
    (
        Kind.DATE,
        r"什么时候|啥时候|何时|哪(?:一)?年|几年(?:成立|创|建|上市)|哪(?:一)?(?:天|月|日)|几月|几号"
        r"|什么(?:日期|时间|年份)|时间(?:点)?是|年份|多早|截止|\bwhen\b|what year|which year|what date",
    ),
    (
        Kind.RANK,
        r"第几|排(?:名|行|在|到|位|老)?几|名次|位列第|排名(?:如何|怎|多少)|\brank",
    ),
    (
        Kind.WHERE,
        r"哪里|(?<!差在)(?<!别在)(?<!样在)(?<!同在)哪儿|何处|(?<!不一样)(?<!差)(?<!别)(?<!不同)在哪(?!些|个阶段)"
        r"|哪个?(?:省|市|城市|地方|国家|地区)|哪些(?:省|城市|地区|地方|国家)|哪几个?(?:省|市|城市|地)|什么地方"
        r"|总部(?:设|位)|\bwhere\b",
    ),
    (
        Kind.LIST,
        r"[二两三四五六七八九](?:大|类|种|项|条|点|个方面)[\u3400-\u9fff]{1,8}(?:都|分别)?(?:是|有|指)(?:什么|啥)[？?]?$",
    ),
    (Kind.QUANTITY, r"谁(?:家)?的?.{1,10}更?[多少高低大小][？?]?$"),
    (
        Kind.LIST,
        r"哪些|哪几|哪[二两三四五六七八九十]|有什么(?!区别|不同)|分别(?:是|有|为|想|叫|指)|都有(?:谁|啥|什么)"
        r"|包括(?:什么|啥)|包含(?:什么|啥)|列(?:出|举)|几(?:大|类|种|样|项|条|方面|重|块|级|层)"
        r"|什么(?:样的)?(?:问题|困难|优势|缺点|优点|弊端|好处|特点)|which .*s\b|what are|list ",
    ),
    (
        Kind.WHO,
        r"谁|哪(?:一)?(?:家|位|个(?:公司|企业|平台|机构|品牌|人|单位|部门))|何人|什么人"
        r"|(?:创办人|创始人|董事长|院长|负责人|发起人|领投方|投资方)(?:是|叫)?|叫(?:什么|啥)(?:名字)?|\bwho\b|whose"
        r"|which (?:company|platform|firm)",
    ),
    (
        Kind.QUANTITY,
        r"多少|几[万千百亿]|几(?:个|家|名|位|种|项|批|次|款|条|篇|场|人|所|轮|例|台|套|份|期|分|成|门)|多大(?!的)|多高"
        r"|how (?:many|much)|number of|what (?:is|was) the (?:number|total)",
    ),
    # a question in keywords ends with what it wants
    (Kind.SHARE, r"(?:率|比例|占比|比重|份额)[？?。]?$"),
    (Kind.MONEY, r"(?:收入|营收|利润|费用|金额|成本|估值|市值|销售额|融资额)[？?。]?$"),
    (Kind.QUANTITY, r"(?:数|数量|人数|总数|家数|用户数|样本量)[？?。]?$"),
    (
        Kind.HOW,
        r"怎么|如何|怎样|咋|靠(?:什么|啥)|用(?:什么|啥)|通过(?:什么|啥)|以什么|\bhow\b",
    ),
    (
        Kind.YESNO,
        r"是不是|有没有|是否|能不能|会不会|可不可以|对不对|对吗|(?:吗|(?<![什怎多那这])么)\s*[？?]?$"
        r"|^(?:is|are|do|does|did|has|have|can)\b",
    ),
    (
        Kind.SUMMARY,
        r"介绍|说说|讲讲|谈谈|概况|情况(?:如何|怎|$)|summar|overview|tell me about",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def kind_of(text: str) -> Kind:
    """The kind of answer that is wanted."""
    folded = fold(text).strip()
    if topic(folded):
        return Kind.SUMMARY
    return next((kind for kind, pattern in _COMPILED if pattern.search(folded)), Kind.OPEN)
