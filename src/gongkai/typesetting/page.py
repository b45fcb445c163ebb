"""The page of an official document: GB/T 9704-2012, in millimetres and points.

Type area 156 × 225 mm, 22 lines of 28 characters of 三号. Font names stand in order of preference; the first is
what the standard asks for, the others what a machine without it has.
"""

from __future__ import annotations

from typing import NamedTuple

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, LEFT = 37, 28
TEXT_WIDTH, TEXT_HEIGHT = 156, 225
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TEXT_HEIGHT
LINES, CHARACTERS = 22, 28
LINE_PITCH = 28.95  # pt: 225 mm / 22 lines
TRACKING = -0.2  # pt: 28 characters of 16 pt are 158 mm, 2 more than the line

TITLE_SIZE = 22.0  # 二号
TITLE_CHARACTERS = 19  # in a line; a 20th would leave no room for the spaces around digits
BODY_SIZE = 16.0  # 三号
PAGE_NUMBER_SIZE = 14.0  # 四号
TABLE_SIZE = 10.5  # 五号
FORM_SIZE = 12.0  # 小四
FORM_PITCH = 18.0  # pt
ISSUER_SIZE = 48.0  # 发文机关标志 at the most; smaller where the name is long
HEAD_OFFSET = 35  # mm from the type area to 发文机关标志 (7.2.4)
RULE_OFFSET = 4  # mm from the number to the red rule (7.2.7)
POINTS_PER_MM = 72 / 25.4


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * POINTS_PER_MM


class Face(NamedTuple):
    """A typeface of the standard and what stands in for it."""

    name: str
    stand_ins: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the preferred one first."""
        return (self.name, *self.stand_ins)


_SONG = ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "STSong", "AR PL UMing CN")
TITLE_FACE = Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", *_SONG))
SONG_FACE = Face("宋体", ("SimSun", *_SONG))
BODY_FACE = Face(
    "仿宋_GB2312",
    ("FangSong_GB2312", "仿宋", "FangSong", "FandolFang R", "FandolFang", "STFangsong", *_SONG[1:]),
)
KAI_FACE = Face(
    "楷体_GB2312",
    ("KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "STKaiti", "AR PL UKai CN", *_SONG[1:]),
)
HEI_FACE = Face(
    "黑体",
    ("SimHei", "FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "STHeiti", "WenQuanYi Zen Hei"),
)
FACES = (TITLE_FACE, SONG_FACE, BODY_FACE, KAI_FACE, HEI_FACE)
LATIN_FACE = Face("Times New Roman", ("Liberation Serif", "TeX Gyre Termes", "Nimbus Roman", "FandolSong"))
