"""How is a .txt file read, whatever it holds: front matter, Markdown, HTML, text taken out of a PDF?"""

from __future__ import annotations

from index.formats import front, html
from index.formats.encoding import decode
from index.formats.parsed import Parsed
from index.layout import repair


def parse(content: bytes, name: str) -> Parsed:
    """The blocks of a text file; what it holds is told by its content."""
    stated, body = front.split(decode(content, name))
    if html.is_html(body):
        page = html.page(body)
        return Parsed(page.drafts, front.completed(stated, page.front))
    return Parsed(tuple(repair(body)), stated)
