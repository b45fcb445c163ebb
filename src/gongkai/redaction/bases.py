"""On what ground something may be withheld: the legal bases that are printed on the boxes.

A document that is only partly withheld is separated by art. 37 of the Regulation (政府信息公开条例); each
withheld part rests on one of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Basis:
    """One ground. ``label`` is short enough for a box; ``clause`` and ``wording`` are for the letter."""

    key: str
    article: str
    name: str
    clause: str
    wording: str
    outcome: str
    """The key of the ending in ``gongkai.law.outcomes`` that the same ground leads to."""

    @property
    def label(self) -> str:
        """What stands on the box, such as 第十五条 个人隐私."""
        return f"{self.article} {self.name}"


_ALL = (
    Basis(
        "secret", "第十四条", "国家秘密", "条例第十四条", "属于依法确定为国家秘密的政府信息", "denied_secret"
    ),
    Basis(
        "law",
        "第十四条",
        "法律、行政法规禁止公开",
        "条例第十四条",
        "属于法律、行政法规禁止公开的政府信息",
        "denied_law",
    ),
    Basis(
        "safety",
        "第十四条",
        "三安全一稳定",
        "条例第十四条",
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        "denied_safety",
    ),
    Basis(
        "trade_secret",
        "第十五条",
        "商业秘密",
        "条例第十五条",
        "涉及商业秘密，公开会对第三方合法权益造成损害",
        "denied_third_party",
    ),
    Basis(
        "privacy",
        "第十五条",
        "个人隐私",
        "条例第十五条",
        "涉及个人隐私，公开会对第三方合法权益造成损害",
        "denied_third_party",
    ),
    Basis(
        "third_party",
        "第十五条",
        "第三方合法权益",
        "条例第十五条",
        "公开会对第三方合法权益造成损害",
        "denied_third_party",
    ),
    Basis(
        "internal",
        "第十六条",
        "内部事务信息",
        "条例第十六条第一款",
        "属于行政机关人事管理、后勤管理、内部工作流程等内部事务信息",
        "denied_internal",
    ),
    Basis(
        "process",
        "第十六条",
        "过程性信息",
        "条例第十六条第二款",
        "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息",
        "denied_process",
    ),
    Basis(
        "case_file",
        "第十六条",
        "行政执法案卷",
        "条例第十六条第二款",
        "属于行政执法案卷信息",
        "denied_case_file",
    ),
)

BASES: Mapping[str, Basis] = MappingProxyType({basis.key: basis for basis in _ALL})
"""Every ground by its key, in the order of the articles."""
