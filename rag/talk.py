"""Does the question want what no library of reports can give: a greeting back, advice, a poem, the weather, obedience?"""

from __future__ import annotations

import re
from enum import StrEnum

from index.chinese.fold import fold


class Talk(StrEnum):
    """What is wanted instead of what documents say."""

    ADVICE = "advice"  # what a person should take or do about their health
    TASK = "task"  # something to be written or made
    TODAY = "today"  # what only today's news or an exchange knows
    ORDER = "order"  # to forget the rules or to show them
    GREETING = "greeting"  # nothing yet: it greets, thanks, or asks who is there


_DOSE = r"(?:几|多少|两|\d+)\s*(?:片|粒|颗|毫升|毫克|ml|mg)"
_PATTERNS: tuple[tuple[Talk, str], ...] = (
    (
        Talk.GREETING,
        r"^(?:(?:你好|您好|嗨|哈喽|在吗|早上好|上午好|下午好|晚上好|谢谢[你您]?|多谢|感谢|辛苦了"
        r"|再见|拜拜|hi|hello|hey|thanks|thank you|bye)"
        r"[!！。.~,，、?？ 呀啊哈了]*)+(?:大家|there)?[!！。. ]*$"
        r"|^[你您](?:是谁|是什么|会什么|能(?:做|干|帮我做)(?:什么|啥))[?？呀啊 ]*$"
        r"|^(?:who are you|what can you do)[?. ]*$",
    ),
    (
        Talk.ORDER,
        r"(?:忽略|无视|忘掉|忘记|抛开|不要理会).{0,16}(?:指令|提示词?|规则|设定|要求|限制)|(?:系统|你的)提示词"
        r"|ignore .{0,24}(?:instructions?|prompts?|rules)|you are now|system prompt|jailbreak",
    ),
    (
        Talk.TASK,
        r"(?:写|作|编|画|做|来|讲|生成)(?:一|两|三|几|个|首|段|篇|封|幅|张|份)[\u3400-\u9fffa-z]{0,8}"
        r"(?:诗|词|歌|绝句|对联|故事|笑话|小说|代码|程序|脚本|python|sql|邮件|情书|画)"
        r"|写.{0,4}(?:python|sql|excel|代码|程序)|讲个笑话|翻译成"
        r"|write (?:me )?(?:a |an |some )?(?:poem|story|joke|code|script|e-?mail)",
    ),
    (
        Talk.TODAY,
        r"(?:今天|明天|后天|现在|此刻|本周末).{0,12}(?:天气|下雨|气温|股价|收盘|开盘|涨|跌|航班|汇率|几点|星期几)"
        r"|天气(?:怎么样|如何|好吗)|(?:股票|股价).{0,8}(?:会涨|会跌|值得买|能买|走势)|(?:weather|forecast).{0,12}(?:today|tomorrow)",
    ),
    (
        Talk.ADVICE,
        rf"(?:该|要不要|能不能|可以|可不可以|应该|需要|需不需要|得).{{0,6}}(?:吃|服用|喂|注射|停)(?!.{{0,4}}(?:饭|午餐|会|透))"
        rf".{{0,12}}(?:药|吗|{_DOSE}|还是)"
        rf"|(?:吃|服|喂|打){_DOSE}|饭前.{{0,4}}饭后|(?:我|孩子|小孩|宝宝|老人|我妈|我爸).{{0,12}}(?:发烧|咳嗽|头疼|头痛|血糖|血压|过敏|疼)"
        r".{0,24}(?:怎么办|吃什么|吃啥|要不要|该|能不能)|should i take|how many (?:pills|tablets)",
    ),
)
_COMPILED = tuple((talk, re.compile(pattern)) for talk, pattern in _PATTERNS)


def talk_of(question: str) -> Talk | None:
    """What the question wants beside what documents say; None for a question to the library."""
    folded = fold(question)
    return next((talk for talk, pattern in _COMPILED if pattern.search(folded)), None)
