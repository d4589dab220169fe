"""Two documents of our own, one shaped like a report and one hostile, with their blocks."""

from __future__ import annotations

import re

from index.types import Block, BlockKind, Document, Meta, Span, Table

REPORT = """\
# 青禾药师数字生活调查

## 主要发现

### 用户规模

2030年底，青禾平台的注册药师为 18.5万名，一年后增至 26万名，占全国执业药师的 41%。药师平均每周在线学习 6.5小时。

> 编者注：两处都以年底的登记数为准，
不含实习药师。

### 学习渠道

药师常用的渠道有以下几种：

- 直播课：有 62% 的药师每月至少看一场；
- 图文资料：
  - 指南解读
  - 药品说明书
1. 第一位是《临床用药手册》；
2. 第二位是同行讨论。

表 1　两个年底的对照

| 指标 | 2030年底 | 2031年底 |
| --- | --- | --- |
| 注册药师数 | 18.5万 | 26万 |
| 占全国的比例 | 33% | 41% |
| 每周在线学习 | 6.5小时 | 7.2小时 |

## 附录

问卷共回收 1,204 份😀，其中有效问卷 1,130 份。
"""

HOSTILE = """\
# 关于 <script>window.hacked = 1</script> 的说明

这一段里有 <img src=x onerror="window.hacked = 1"> 与 “&amp;” 以及 **粗体**，都应照样显示。\u202e反过来写的字\u202c到此为止。

另据说明，青禾平台的注册药师为 30万名。\r\n换行之后 javascript:alert(1) 仍是文字。

"""


def blocks_of(text: str) -> tuple[Block, ...]:
    """Headings, items, notes, captions, tables and paragraphs of a text that is written as plainly as ours."""
    found: list[Block] = []
    for chunk in re.finditer(r"(?:[^\n]+\n?)+", text):
        start, lines = chunk.start(), chunk[0].splitlines(keepends=True)
        if lines[0].startswith("|"):
            found.append(_table(start, chunk[0]))
            continue
        patterns = (
            (BlockKind.HEADING, r"(#+) "),
            (BlockKind.ITEM, r"( *)- "),
            (BlockKind.ITEM, r"( *)(?=\d\. )"),
            (BlockKind.NOTE, r"(> )"),
            (BlockKind.CAPTION, r"(?=表 \d)()"),
        )
        first = next(((kind, m) for kind, shape in patterns if (m := re.match(shape, lines[0]))), None)
        if first is None or first[0] is BlockKind.NOTE:
            kind, skip = (first[0], len(first[1][0])) if first else (BlockKind.PARAGRAPH, 0)
            found.append(Block(kind, Span(start + skip, start + len(chunk[0].rstrip()))))
            continue
        for line in lines:
            kind, match = next((kind, m) for kind, shape in patterns if (m := re.match(shape, line)))
            level = len(match[1]) if kind is BlockKind.HEADING else len(match[1]) // 2
            found.append(Block(kind, Span(start + match.end(), start + len(line.rstrip())), level))
            start += len(line)
    return tuple(found)


def _table(start: int, text: str) -> Block:
    rows = []
    for line in re.finditer(r"[^\n]+", text):
        if "---" not in line[0]:
            at = start + line.start()
            rows.append(tuple(Span(at + c.start(1), at + c.end(1)) for c in re.finditer(r"(?<=\| )([^|]*?)(?= \|)", line[0])))
    return Block(BlockKind.TABLE, Span(start, start + len(text.rstrip())), table=Table(tuple(rows)))


def document(name: str, text: str, **meta: str) -> Document:
    return Document(name, text, blocks_of(text), Meta(**{"title": name, **meta}))


REPORT_DOCUMENT = document(
    "qinghe-2031",
    REPORT,
    title="青禾药师数字生活调查（2031）",
    publisher="青禾研究院",
    date="2031-12-20",
    source="900_report.txt",
    kind="调研报告",
    note="在线问卷，样本 N=1,130",
)

HOSTILE_DOCUMENT = document(
    "hostile", HOSTILE, title="<b>不可信</b>的来稿 \u202etxt", publisher='"><i>某报', date="2031", source="901_hostile.txt"
)
