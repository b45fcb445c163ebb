"""What the prose of a report claims about the figures of its tables.

Precision before recall: a sentence is only taken as a claim when it names its subject next to the number and nothing
hints at another year, a part of the whole, or another subject (复议申请, 提案, 网上申请 …). ``firm`` is false where the
words may also mean something the table does not count; such a claim may be doubted, never contradicted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.law.report import numerals
from gongkai.law.report.figures import Number
from gongkai.law.report.prose import sentences

_NUMBER = rf"(?P<n>{numerals.NUMERAL})(?P<vague>余|多)?(?:件次|件|份|宗|起|例|条|项|个|次|人次)(?!复议|诉讼)"
_CASE = rf"(?P<n>{numerals.NUMERAL})(?P<vague>余|多)?(?:件次|件|份|宗|起|例|次)"
_MONEY = rf"(?P<n>{numerals.ARABIC})(?P<vague>余|多)?(?P<unit>万元|亿元|元)"
_GAP = r"(?:的|申请|政府信息公开|依申请公开|政府信息|信息|类|答复|决定|情形|情况|事项|共计|合计|总计|累计|共|计|有|为|是|：|数量|案件|件数|数)*"
_SKIP = r"[^，；、（）：\d]"
_RECEIVE = r"(?:收到|收办|受理|接收|接到|新收)"
_ANSWER = r"(?:答复|办结|回复)"

_APPLICANTS = re.compile(r"公民、法人(?:和|或者?|及|以及|与)其他组织(?:提出的|提交的|的)?")
_OTHER_SUBJECT = re.compile(
    r"复议|诉讼|许可|信访件|投诉|举报|建议|提案|议案|留言|咨询|热线|12345|诉求|来信|救助|听证|裁决|补正|稿件|公文|文件"
)
_PART = re.compile(
    r"网络|网上|网站|在线|平台|邮件|邮箱|信函|信件|邮寄|邮政|当面|现场|窗口|书面|传真|微信|自然人|公民|个人|法人|企业|组织|律师|"
    r"其中|申请中(?!心)|结转|另有|首次|重复|延期|逾期|超期|未按|尚未|正在|拟|口头|转办|转送|撤回|撤销"
)
_WHOLE = re.compile(r"[共总]|累计|合计|等|全年|全部")
_OTHER_TIME = re.compile(
    r"去年|(?<!结转)上年(?!度?结转)|(?<!结转)上一年(?!度?结转)|同期|历年|往年|季度|上半年|下半年|(?<!今年)(?<!\d年)以来"
)
_ROUGHLY = re.compile(r"(?:近|约|大约|超过?|逾|不少于|突破)$")
_YEAR = re.compile(r"(20\d\d)年")
_CHANGE = re.compile(r"(?:增加|增长|减少|下降|上升|回落|多|少|增|减)(?:了|至|到)?$")

_ROW_WORDS: Mapping[str, str] = {
    "denied_1_secret": "属于国家秘密",
    "denied_2_law": "其他法律、?行政法规禁止公开",
    "denied_3_safety": '危及[“"]?三安全一稳定[”"]?',
    "denied_4_third_party": "保护第三方合法权益",
    "denied_5_internal": "属于三类内部事务信息",
    "denied_6_process": "属于四类过程性信息",
    "denied_7_case_file": "属于行政执法案卷",
    "denied_8_query": "属于行政查询事项",
    "unable_1_not_held": "本机关不掌握相关政府信息",
    "unable_2_need_create": "没有现成信息需要?另行制作",
    "unable_3_unclear": "补正后申请内容仍不明确",
    "reject_1_petition": "信访举报投诉类申请",
    "reject_2_repeat": "重复申请",
    "reject_3_publication": "要求提供公开出版物",
    "reject_4_excessive": "无正当理由大量反复申请",
    "reject_5_confirm": "要求行政机关确认或重新出具已获取信息",
}


@dataclass(frozen=True)
class Claim:
    """A number the prose gives for ``topic``; ``quote`` is its tidy sentence, ``start`` to ``end`` its place there."""

    topic: str
    value: Number
    section: str
    quote: str
    start: int
    end: int
    is_exact: bool = True
    firm: bool = True
    unit: str = ""

    @property
    def before(self) -> str:
        """The words of the sentence up to the number."""
        return self.quote[: self.start]


@dataclass(frozen=True)
class _Pattern:
    topic: str
    regex: re.Pattern[str]
    firm: bool = True
    zero: bool = False


def _pattern(topic: str, text: str, *, firm: bool = True, zero: bool = False) -> _Pattern:
    return _Pattern(topic, re.compile(text), firm, zero)


_INTAKE = (
    _pattern("received", rf"{_RECEIVE}(?P<mid>{_SKIP}{{0,30}}?申请{_SKIP}{{0,10}}?){_NUMBER}"),
    _pattern("received", rf"{_RECEIVE}(?P<mid>[共计了到]{{0,3}}){_NUMBER}(?P<tail>{_SKIP}{{0,20}}?申请)"),
    _pattern(
        "received",
        rf"(?:未收到|没有收到|未接到|无)(?P<mid>{_SKIP}{{0,20}}?申请(?:公开)?)(?P<tail>{_SKIP}{{0,6}}?)(?=[，；、]|$)",
        zero=True,
    ),
    _pattern("answered", rf"{_ANSWER}(?P<mid>{_SKIP}{{0,30}}?申请{_SKIP}{{0,10}}?){_NUMBER}"),
    _pattern("answered", rf"(?:已|均|共|予以|按[时期]|依法|并){_ANSWER}(?P<mid>完毕)?{_CASE}", firm=False),
    _pattern("handled", rf"(?:办理|处理)(?P<mid>{_SKIP}{{0,20}}?申请{_SKIP}{{0,10}}?){_NUMBER}", firm=False),
)
_CARRY = (
    _pattern(
        "carried_in",
        rf"(?:上一?年度?|去年|(?P<year>20\d\d)年度?)结转(?:至|到)?(?:本年度?)?(?:继续)?(?:办理)?{_GAP}{_CASE}",
    ),
    _pattern("carried_in", rf"结转上一?年度?{_GAP}{_CASE}"),
    _pattern(
        "carried_out",
        rf"结转(?:至|到|转)?(?:下一?年度?|(?P<year>20\d\d)年度?)(?:继续)?(?:办理|答复)?{_GAP}{_CASE}",
    ),
    _pattern(
        "carried_out",
        rf"{_CASE}{_SKIP}{{0,25}}?(?:结转|顺延|转入|转至|延至)(?:至|到)?(?:下一?年|(?P<year>20\d\d)年)",
    ),
)
_OUTCOMES = (
    _pattern(
        "granted_and_partial", rf"(?<!不)予以公开(?:及|和|、|或|与|以及|或者)(?:予以)?部分公开{_GAP}{_NUMBER}"
    ),
    _pattern("partial", rf"部分公开{_GAP}{_NUMBER}"),
    _pattern("denied", rf"不予公开{_GAP}{_NUMBER}"),
    _pattern("granted", rf"(?<!不)予以公开{_GAP}{_NUMBER}"),
    _pattern("unable", rf"无法提供{_GAP}{_NUMBER}"),
    _pattern("rejected", rf"不予处理{_GAP}{_NUMBER}"),
    _pattern("other", rf"其他处理{_GAP}{_NUMBER}"),
    *(_pattern(row, rf"{words}{_GAP}{_NUMBER}") for row, words in _ROW_WORDS.items()),
    *(
        _pattern(topic, rf"{_CASE}(?:申请)?(?:作出|决定|属于|为)?{words}(?=[，；、（）]|$)")
        for topic, words in (
            ("granted", "予以公开"),
            ("partial", "(?:予以)?部分公开"),
            ("denied", "不予公开"),
            ("unable", "无法提供"),
            ("rejected", "不予处理"),
        )
    ),
)
_DISPUTES = (
    _pattern("review", rf"行政复议(?:申请|案件|案)?{_GAP}{_CASE}"),
    _pattern("litigation", rf"诉讼(?:案件|案)?{_GAP}{_CASE}"),
    _pattern("direct", rf"未经复议直接(?:提?起诉|提起行政诉讼){_GAP}{_CASE}"),
    _pattern("after_review", rf"复议后(?:提?起诉|提起行政诉讼){_GAP}{_CASE}"),
    _pattern(
        "disputes",
        r"(?:未发生|没有发生|未出现|不存在|未产生|无)(?P<mid>[^，；。\d]{0,24}?)行政复议(?:案件|申请|情况)?(?:、|和|或|及|以及|与|，)(?:被)?(?:提起|未发生|无)?行政诉讼(?P<tail>案件|情况|的情况|事项|的?情形)?(?=[，；。]|$)",
        zero=True,
    ),
)
_DUTIES = (
    _pattern(
        "licence",
        rf"(?:作出|做出|办理|办结|下达){_SKIP}{{0,6}}?行政许可(?:处理)?(?:决定)?(?:共|共计|总数|数量|为)*{_CASE}",
    ),
    _pattern(
        "licence",
        rf"公[开示]{_SKIP}{{0,10}}?行政许可(?!事项)(?:信息|决定|结果)?(?:共|共计)*{_NUMBER}",
        firm=False,
    ),
    _pattern(
        "penalty",
        rf"(?:作出|做出|办理|办结|下达){_SKIP}{{0,6}}?行政处罚(?:处理)?(?:决定)?(?:共|共计|总数|数量|为)*{_CASE}",
    ),
    _pattern(
        "penalty",
        rf"公[开示]{_SKIP}{{0,10}}?行政处罚(?!事项)(?:信息|决定|结果)?(?:共|共计)*{_NUMBER}",
        firm=False,
    ),
    _pattern(
        "coercion",
        rf"(?:作出|做出|实施){_SKIP}{{0,6}}?行政强制(?:处理)?(?:决定|措施)?(?:共|共计|总数|数量|为)*{_CASE}",
    ),
    _pattern("fee", rf"行政事业性收费(?:金额|总额|收入)?(?:共计|合计|共|为|计)*{_MONEY}"),
    _pattern("made", rf"制发(?:行政)?规范性文件{_GAP}{_NUMBER}", firm=False),
    _pattern("in_force", rf"现行有效(?:的)?(?:行政)?规范性文件{_GAP}{_NUMBER}", firm=False),
)


def claims_in(text: str, section: str = "", year: int | None = None) -> Iterator[Claim]:
    """The claims in the tidy text of one section of a report on ``year``, in order."""
    for paragraph in _APPLICANTS.sub("", text).split("\n"):
        context = ""
        for sentence in sentences(paragraph):
            context += sentence
            yield from sorted(
                _claims_of(_Place(sentence, context, section, year)), key=lambda claim: claim.start
            )


@dataclass(frozen=True)
class _Place:
    """A sentence, the paragraph up to and with it, its section and the year reported on."""

    sentence: str
    context: str
    section: str
    year: int | None


def _claims_of(place: _Place) -> Iterator[Claim]:
    taken: list[tuple[int, int]] = []
    for family, patterns in _FAMILIES.items():
        for pattern in patterns:
            for match in pattern.regex.finditer(place.sentence):
                start, end = match.span() if pattern.zero else match.span("n")
                claim = _claim(pattern, match, place)
                if claim is None or any(start < last and first < end for first, last in taken):
                    continue
                if _is_of_this_year(family, match, place) and _MEANT[family](claim, match, place):
                    taken.append((start, end))
                    yield claim


def _claim(pattern: _Pattern, match: re.Match[str], place: _Place) -> Claim | None:
    groups = match.groupdict()
    value = 0 if pattern.zero else numerals.parse(match["n"])
    if value is None:
        return None
    start = match.start() if pattern.zero else match.start("n")
    return Claim(
        topic=pattern.topic,
        value=value,
        section=place.section,
        quote=place.sentence,
        start=start,
        end=match.end(),
        is_exact=not groups.get("vague") and not _ROUGHLY.search(place.sentence[:start]),
        firm=pattern.firm,
        unit=groups.get("unit") or "",
    )


def _is_of_this_year(family: str, match: re.Match[str], place: _Place) -> bool:
    """Whether nothing before the number points to another year; carry-overs name other years by nature."""
    if family == "carry":
        named = match.groupdict().get("year")
        return named is None or place.year is None or abs(int(named) - place.year) == 1
    before = place.sentence[: match.end()]
    years = _YEAR.findall(before)
    if years and place.year is not None and int(years[-1]) != place.year:
        return False
    return not _OTHER_TIME.search(before)


def _clause(text: str) -> str:
    """What stands since the last mark."""
    return re.split(r"[，；、（）：]", text)[-1]


def _clause_after(text: str) -> str:
    """What stands up to the next mark but brackets, which may say since when: （自条例施行以来）."""
    return re.split(r"[，；。）]", text)[0]


def _is_intake(claim: Claim, match: re.Match[str], place: _Place) -> bool:
    groups = match.groupdict()
    words = (groups.get("mid") or "") + (groups.get("tail") or "")
    clause = _clause(place.sentence[: match.start()])
    if _OTHER_SUBJECT.search(claim.before + words) or _PART.search(words) or _CHANGE.search(claim.before):
        return False
    if "以来" in _clause_after(place.sentence[match.end() :]):
        return False
    if _PART.search(clause) and not _WHOLE.search(clause + words):
        return False
    return place.section == "requests" or bool(re.search(r"公开|政府信息", place.context))


def _is_outcome(claim: Claim, match: re.Match[str], place: _Place) -> bool:
    if re.search(r"提案|建议|议案|公文|规范性文件|预算|清单|复文", place.sentence):
        return False
    if match.group().endswith("条") and place.section != "requests":
        return False  # pieces of information, not requests
    return not _CHANGE.search(claim.before) and (place.section == "requests" or "申请" in place.context)


def _is_dispute(claim: Claim, match: re.Match[str], place: _Place) -> bool:
    joint = re.search(r"复议[案件申请]*(?:、|和|及|与|或|以及)(?:行政)?$", place.sentence[: match.start()])
    if claim.value and joint:
        return False
    return place.section == "disputes" or bool(re.search(r"信息公开|政府信息|依申请公开", place.sentence))


def _is_duty(claim: Claim, _match: re.Match[str], _place: _Place) -> bool:
    return not _CHANGE.search(claim.before)


def _is_carry(_claim: Claim, _match: re.Match[str], place: _Place) -> bool:
    return place.section == "requests" or bool(re.search(r"公开|申请", place.context))


_FAMILIES: Mapping[str, tuple[_Pattern, ...]] = {
    "carry": _CARRY,
    "outcome": _OUTCOMES,
    "dispute": _DISPUTES,
    "intake": _INTAKE,
    "duty": _DUTIES,
}
_MEANT: Mapping[str, Callable[[Claim, re.Match[str], _Place], bool]] = {
    "carry": _is_carry,
    "outcome": _is_outcome,
    "dispute": _is_dispute,
    "intake": _is_intake,
    "duty": _is_duty,
}
