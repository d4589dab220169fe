"""How is a question built: what stands before the asking phrase, the phrase itself, what stands behind it?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.chinese.words import is_word, words

__all__ = ["COUNTERS", "ENDING", "GROWTH", "LINK", "MARKS", "Clause", "clause", "coined", "is_measure", "is_role", "nouns"]

MARKS = " ，,。？?！!、：:；;"
ENDING = re.compile(r"(?:呢|呀|啊|吧|哦|来着)?[？?。！! ]*$")
COUNTERS = (
    r"(?:个|家|名|位|种|项|批|次|款|条|篇|场|人次|所|轮|例"
    r"|亿元|万元|元|亿|万|台|套|份|期|件|座|类|张|本|支|只|部|辆|层|栋|笔|股|点|步|大)"
)
# what ties the asking phrase to what is asked about
LINK = r"(?:大概|大约|一共|总共|分别|各自|究竟|到底|又|还|都|各|共|则|才)*(?:是|有|为|叫|在|达到|达)?(?:大概|大约|约)?"
_ASKING = (
    r"百分之几|百分之多少|多[少久大高长快](?:时间)?|几成|第几"
    rf"|几(?={COUNTERS}|[天年月号岁周小分]|$)"
    r"|什么时候|啥时候|何时|什么地方|为什么|为啥|为何|凭什么|怎么样|怎样|怎么|如何|咋样?|哪里|哪儿|哪些"
    rf"|哪[几一二两三四五六七八九十]?(?:{COUNTERS}|年|天|月|季度|方|边)?|何处|谁|什么|啥|是不是|有没有|是否|是[^是]{{1,4}}(?:还)?是[^是]{{1,4}}$|(?P<pair>[好多高大贵难快准])不(?P=pair)|吗(?=$)"
)
_ASKS = re.compile(rf"(?P<link>{LINK})(?P<asks>{_ASKING})")
GROWTH = re.compile(r"同比|环比|增[长幅速加减]|涨幅|降幅|增长率|增速|变化|变动|[涨升跌降增减]了?(?=$)")
_MEASURE = re.compile(
    r"(?:率|数|(?<![剂质力能])量|额|均价|单价|定价|售价|目标价|发行价|价格|股价|比例|占比|比重|份额|收入|营收|利润|净利|毛利|盈利|净?亏损|成本|费用|开支|支出"
    r"|估值|市值|规模|时长|时间|金额|年薪|工资|薪酬|均值|排名|名次|增速|增长|增幅|降幅|同比|环比|周期|年龄|满意度|指数|得分|评分|分数|面积|产能|产量|销售额|现金|资产|负债|余额|人数)$"
)
_ROLE = re.compile(
    r"(?:总部|创始人|创办人|董事长|总经理|首席\S{1,4}官|负责人|法人|股东|员工|职工|团队|地址|官网|电话|全称|简称|英文名|领投方?|跟投方?|投资方|投资人|合作方"
    r"|客户|用户|会员|产品|业务|优点|缺点|优势|劣势|不足|效果|成效|表现|反响|好处|坏处|长处|短处|短板|特点|原因|结果|结论|目的|意义|难点|困难|挑战|风险|作用|影响|步骤|流程|功能|内容"
    r"|标准|依据|来源|样本|名字|金额|日期|成立时间|ceo|cfo|cto|coo)$"
)
_NOUN = ("n", "j", "eng", "vn", "s", "l", "i", "an", "g", "zg", "x")
_EMPTY = re.compile(
    r"^(?:其中|之前|以前|以后|之后|后来|现在|目前|最近|最终|最后|全部|整体|总体|总数|合计|领投|跟投|参投|时候|方面|情况|部分|那边|这边|具体|一共|总共|大概|每[年月周天日])$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """健康险 · 有 · 多少 · 家客户: `head`, `link`, `asks`, `rest`; without an asking phrase all of it is the head."""

    head: str
    link: str = ""
    asks: str = ""
    rest: str = ""

    @property
    def counted(self) -> str:
        """What is counted or chosen from: 客户 in 有多少家客户用了它; empty where nothing is."""
        if not re.match(r"多少|几|哪|什么|啥", self.asks) or re.match(r"什么时候|什么地方|哪[里儿年天月]", self.asks):
            return ""
        found, deep = "", re.sub(rf"^(?:{COUNTERS})(?!\w?疗)", "", self.rest) if self.asks[-1] in "几少" else self.rest
        for word, tag in words(deep):
            if not (
                tag.startswith((*_NOUN, "b", "a", "nr", "m", "f"))
                or (tag == "uj" and found)
                or (tag == "v" and is_noun_like(deep, found + word))
            ):
                break
            found += word
        return found.rstrip("的")


def clause(text: str) -> Clause:
    """The question read; what follows its first asking phrase is its rest."""
    body = ENDING.sub("", text.strip())
    found = _ASKS.search(body)
    if not found:
        return Clause(body)
    return Clause(body[: found.start()], found["link"], found["asks"], body[found.end() :])


def is_noun_like(text: str, so_far: str) -> bool:
    """Whether a verb stands within a noun phrase: 注册 in 注册医生, not 做过 in 医生做过."""
    rest = words(text[len(so_far) :])
    return (
        not re.search(r"[过了着用做有在到给]$", so_far)
        and bool(rest)
        and rest[0][1].startswith(("n", "vn", "b"))
        and len(so_far) <= 2
    )


def is_measure(phrase: str) -> bool:
    """Whether the phrase ends in something that is measured: 净利润, 打开率."""
    return bool(_MEASURE.search(phrase))


def is_role(phrase: str) -> bool:
    """Whether the phrase ends in what always is somebody's: 总部, 创始人, 缺点."""
    return bool(_ROLE.search(phrase.lower()))


def nouns(text: str) -> tuple[str, ...]:
    """The nouns of a phrase, empty ones left out."""
    return tuple(
        word
        for word, tag in words(text)
        if (tag.startswith(_NOUN) or is_measure(word) or is_role(word)) and re.match(r"[\w]", word) and not _EMPTY.match(word)
    )


def coined(text: str) -> bool:
    """Whether it is short, and no dictionary knows the words: 岚芝, 诺时e学."""
    if not 1 < len(text) <= 10 or not re.search(r"[\u3400-\u9fff]", text) or re.search(r"\d", text):
        return False
    strange = any(len(word) > 1 and not is_word(word) for word, _ in words(text))
    return strange or bool(re.search(r"[A-Za-z]{1,}", text) and not re.search(r"[A-Za-z]\+*\s*[轮类端型级期股组版]", text))
