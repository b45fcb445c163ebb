"""The procedure as a picture and as text, from one source: what the steps are and how long each may take."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.law.clock import CLARIFICATION_NOTICE_WORKDAYS, EXTENSION_WORKDAYS, REPLY_WORKDAYS
from gongkai.law.consultation import CONSULTATION_WORKDAYS

WIDTH = 400
_MAIN_X, _MAIN_WIDTH = 10, 184
_SIDE_X, _SIDE_WIDTH = 230, 160
_LINE = 19  # units from one line of text to the next
_PADDING = 13
_GAP = 34


class Step(NamedTuple):
    """One step: its name, the words in its box, what branches off beside it, and the whole in a sentence."""

    name: str
    words: tuple[str, ...]
    aside: tuple[str, ...]
    text: str
    article: str
    aside_returns: bool = False


STEPS = (
    Step(
        "提出申请",
        ("网上、当面、邮寄、传真",),
        (),
        "填写姓名或者名称、身份证明、联系方式，想要的信息，以及怎样取得，向政府信息公开工作机构提出。书写有困难的可以口头提出。",
        "第二十九条",
    ),
    Step(
        "登记收到",
        ("确定收到申请之日",),
        (
            "内容不明确的",
            f"{CLARIFICATION_NOTICE_WORKDAYS}个工作日内一次告知",
            "补正后重新起算",
        ),
        f"工作机构登记，并确定收到申请的日期。内容不明确的，自收到之日起{CLARIFICATION_NOTICE_WORKDAYS}个工作日内"
        "一次性告知怎样补正；您补正以后，答复期限重新计算。无正当理由逾期不补正的，视为放弃申请。",
        "第三十条、第三十一条",
        aside_returns=True,
    ),
    Step(
        "审查办理",
        ("查找、审查、区分处理",),
        ("涉及他人或者其他机关", "书面征求意见", f"{CONSULTATION_WORKDAYS}个工作日，不计期限"),
        f"查找信息，审查能否公开。涉及商业秘密、个人隐私等的，书面征求第三方意见；共同制作的，征求相关机关意见。"
        f"征求意见期限{CONSULTATION_WORKDAYS}个工作日，所用时间不计入答复期限。",
        "第三十二条、第三十四条、第三十七条",
        aside_returns=True,
    ),
    Step(
        "作出答复",
        (f"{REPLY_WORKDAYS}个工作日内",),
        ("需要延长的", f"最多{EXTENSION_WORKDAYS}个工作日", "并告知您"),
        f"能够当场答复的当场答复；不能的，自收到申请之日起{REPLY_WORKDAYS}个工作日内答复。需要延长的，"
        f"经工作机构负责人同意并告知您，最多延长{EXTENSION_WORKDAYS}个工作日。",
        "第三十三条、第三十六条",
        aside_returns=True,
    ),
    Step(
        "送达",
        ("当面、邮寄、电子方式",),
        (),
        "答复书按您要求的方式送达。邮寄的以交邮之日、当面领取的以签收之日，作为是否按期答复的时点。",
        "第四十条；国办公开办函〔2016〕235号",
    ),
    Step(
        "不服的救济",
        ("行政复议、行政诉讼",),
        ("也可以投诉、举报",),
        "认为答复或者不答复侵犯您的合法权益的，可以申请行政复议或者提起行政诉讼，也可以向上一级行政机关或者政府信息公开工作"
        "主管部门投诉、举报。",
        "第五十一条",
    ),
)


class Box(NamedTuple):
    """A box of the picture with its lines of text, each with its place."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    lines: list[tuple[int, int, str, str]]


class Picture(NamedTuple):
    """Everything the template draws."""

    width: int
    height: int
    boxes: list[Box]
    arrows: list[str]


def picture() -> Picture:
    """The steps below one another, what branches off at their right."""
    boxes: list[Box] = []
    arrows: list[str] = []
    y = 2
    for number, step in enumerate(STEPS):
        main = _box("main", _MAIN_X, y, _MAIN_WIDTH, (f"{number + 1} {step.name}", *step.words))
        aside = _box("aside", _SIDE_X, y, _SIDE_WIDTH, step.aside) if step.aside else None
        row = max(main.height, aside.height if aside else 0)
        boxes.append(main)
        if aside:
            boxes.append(aside)
            arrows += _branch(main, aside, returns=step.aside_returns)
        if number + 1 < len(STEPS):
            centre = _MAIN_X + _MAIN_WIDTH // 2
            arrows.append(_arrow_down(centre, y + main.height, y + row + _GAP))
        y += row + _GAP
    return Picture(WIDTH, y - _GAP + 2, boxes, arrows)


def _box(kind: str, x: int, y: int, width: int, lines: tuple[str, ...]) -> Box:
    height = 2 * _PADDING + _LINE * len(lines) - 4
    placed = [
        (x + width // 2, y + _PADDING + 13 + _LINE * at, text, "name" if at == 0 else "words")
        for at, text in enumerate(lines)
    ]
    return Box(kind, x, y, width, height, placed)


def _arrow_down(x: int, top: int, bottom: int) -> str:
    return f"M{x} {top}V{bottom - 2}m-5 -7l5 7l5 -7"


def _branch(main: Box, aside: Box, *, returns: bool) -> list[str]:
    """Out to the side, and back where the case goes on afterwards."""
    start, end = main.x + main.width, aside.x
    middle = main.y + main.height // 2
    if not returns:
        return [f"M{start} {middle}H{end - 2}m-7 -5l7 5l-7 5"]
    return [
        f"M{start} {middle - 8}H{end - 2}m-7 -5l7 5l-7 5",
        f"M{end} {middle + 8}H{start + 2}m7 -5l-7 5l7 5",
    ]
