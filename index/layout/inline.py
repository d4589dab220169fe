"""What is left of a line when its markup is taken off?"""

from __future__ import annotations

import html
import re

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]|<img\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|center|cite|code|del|div|em|figure|font|i|ins|kbd|li|mark|p|q|s|section|small|span|strong|sub|sup|u|ul|ol)\b[^<>]*>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)(?<=\S)__(?!\w)")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*\w])")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LOOSE = re.compile(r" (?=[，。、；：？！）》】」』”])|(?<=[，。、；：？！（《【「『“]) ")


def without_comments(text: str) -> str:
    """The text without HTML comments."""
    return _COMMENT.sub("", text)


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def tidy(text: str) -> str:
    """One space for many, none beside full-width punctuation; tabs stay, they separate cells."""
    return _LOOSE.sub("", _SPACES.sub(" ", text)).strip()


def plain(text: str) -> str:
    """A line as it is read: no emphasis, links, images, tags, escapes or entities."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\x00{len(kept) - 1}\x00"

    text = _ESCAPE.sub(keep, text)
    text = _IMAGE.sub("", text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub("", _BREAK.sub(" ", text))
    text = _BOLD.sub(lambda found: found[1] or found[2], text).replace("**", "")
    text = _CODE.sub(r"\2", _ITALIC.sub(r"\1", text))
    text = html.unescape(text) if "&" in text else text
    return tidy(visible(re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)))


def is_bold(text: str) -> bool:
    """The whole line is emphasised."""
    bare = text.strip()
    return bool(re.fullmatch(r"\*\*[^*]+\*\*[:：]?|__[^_]+__|<(strong|b)>[^<]*</\1>", bare))


def is_link_line(text: str) -> bool:
    """Nothing but links and the signs between them, as navigation is."""
    rest, links = _LINK.subn("", _IMAGE.sub("", text))
    rest, addresses = _AUTOLINK.subn("", rest)
    return links + addresses > 0 and not any(character.isalnum() for character in rest)
