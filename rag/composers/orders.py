"""Does a statement of a document speak to whoever reads it for a person, instead of speaking of its subject?"""

from __future__ import annotations

import re

from index.chinese.fold import fold

__all__ = ["is_order"]

_TELLS = (
    r"(?:回答|回复|输出|答复|显示|展示|附上|附加|告[诉知](?:用户|读者|提问者?|医生|患者|对方|他们?)|声称|宣称|推荐购买"
    r"|访问|调用|执行|拨打|点击|抄|复述|翻译|扮演|假装|写一[首篇段]|给出联系)"
)
_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|跳过|违反|不必遵守|覆盖).{0,8}(?:规则|指令|指示|提示|要求|限制|设定)"
    r"|系统(?:提示|消息|指令)|提示词|(?:你的|以上|上面的|上述)(?:规则|指令|提示)|密钥|api[_ -]?key|零宽"
    r"|从现在(?:起|开始)|你(?:现在)?(?:是|没有).{0,12}(?:助手|限制|海盗|模型|ai)|(?:大模型|语言模型|ai助手|人工智能助手)请"
    rf"|^[\W_]*(?:请|务必|必须|一定要|现在|立即|系统)[^，。]{{0,12}}{_TELLS}|^[\W_]*{_TELLS}"
    r"|^[\W_]*(?:请|务必)?(?:声?称|说)(?:[“\"「'：:]|.{1,24}[。.!！]?$)"
    r"|(?:回答|答案|引用编号|编号|回复)(?:时|里|中|请|末尾|一律|要|必须|应当)+.{0,16}(?:写|说|用|改|加|带|附|藏|把)"
    r"|^[\W_]*(?:请)?(?:把|将|用|让|不要).{1,24}(?:替换|乘以|改成|对调|发送|写编号|链接|回答|用户|展示|脏话|遍)|不要写(?:编号|引用)"
    r"|\bignore\b.{0,30}\b(?:instructions?|rules?|prompts?|above|previous)\b|\b(?:system|assistant)\s*:"
    r"|\bsystem prompt\b|\byour (?:prompt|instructions?|rules?)\b"
    r"|^\W*(?:please\s+)?(?:say|answer|respond|reply|output|print|reveal|append|repeat|translate|pretend|act|visit|call|execute)\b"
    r"|<\|?/?(?:im_start|im_end|system|规则|资料|问题|摘录|sources|question|script|iframe)|\[/?inst\]|<</?sys>>|javascript:|!\[[^\]]*\]\("
)


def is_order(text: str) -> bool:
    """Whether the words are meant for a model: orders, talk of rules and prompts, signs that chats are framed with."""
    return bool(_ORDERS.search(fold(text)))
