"""The text of a post: at most 140 Chinese characters with the address, no topic, no markup."""

from __future__ import annotations

import re

LIMIT = 140
ADDRESS = re.compile(r"https?://\S+")
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS, SIGNS = 7, 4  # seven digits of a number become four signs of an address


def weight(text: str) -> int:
    """Length as Weibo counts it: a Chinese character one, two narrow ones one, rounded up."""
    halves = sum(1 if ord(sign) < 0x100 else 2 for sign in text)  # noqa: PLR2004 - Latin-1 is narrow
    return (halves + 1) // 2


def post_text(title: str, summary: str, address: str) -> str:
    """Title, as much of the summary as there is room for, and the address."""
    title, summary = _clean(title), _clean(summary)
    room = LIMIT - weight(f" {address}")
    head = f"【{title}】"
    if weight(head) > room:
        return f"【{_cut(title, room - 2)}】 {address}"
    return f"{head}{_cut(summary, room - weight(head))} {address}"


def _clean(text: str) -> str:
    """A pair of # would make a topic, which a shared post must not hold; @ would call somebody."""
    return " ".join(text.replace("#", "＃").replace("@", "＠").split())


def _cut(text: str, room: int) -> str:
    if weight(text) <= room:
        return text
    while text and weight(text) > room - 1:
        text = text[:-1]
    return f"{text}…" if room >= 1 else ""


def without_addresses(text: str) -> str:
    """What remains when Weibo has shortened the addresses: to find one's own post again."""
    return " ".join(ADDRESS.sub("", text).split())


def page_of(user: str, mid: str) -> str:
    """The address of a post's page: the number in groups of seven digits, each written to the base 62."""
    if not (user.isdigit() and mid.isdigit()):
        return ""
    groups = []
    while mid:
        mid, group = mid[:-DIGITS], mid[-DIGITS:]
        signs = _base62(int(group))
        groups.append(signs.rjust(SIGNS, "0") if mid else signs)
    return f"https://weibo.com/{user}/{''.join(reversed(groups))}"


def _base62(number: int) -> str:
    signs = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        signs = ALPHABET[rest] + signs
    return signs or "0"
