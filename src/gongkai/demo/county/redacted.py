"""A file of which only a part may be disclosed: made here with invented personal data, and really redacted."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.days import morning
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.models import Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.redaction.model import Line, Mark, Page
from gongkai.redaction.opening import open_source
from gongkai.redaction.paging import marks_for, pages
from gongkai.typesetting import pdf
from gongkai.typesetting.document import Head, Heading, OfficialDocument, Paragraph, Table
from gongkai.typesetting.fonts import PdfUnavailable

SUBJECT = "智慧校园项目评审意见"
EXPERTS = (
    ("专家一", "990000197001010015", "00000000001", "990000000000000001"),
    ("专家二", "990000197502020026", "00000000002", "990000000000000002"),
    ("专家三", "990000198003030037", "00000000003", "990000000000000003"),
)
"""Numbers that cannot be anybody's: no area, no telephone network and no bank begins like this."""
COSTS = "硬件采购成本占百分之六十一，软件开发成本占百分之二十四，毛利率百分之十五。"
OPINIONS = OfficialDocument(
    issuer="青屿县教育体育局",
    title=SUBJECT,
    number="青教体评〔2025〕3号",
    head=Head.PLAIN,
    blocks=(
        Paragraph("2025年2月27日，本机关组织专家对智慧校园项目的实施方案和报价进行了评审，意见如下。"),
        Heading("一、总体意见"),
        Paragraph("项目建设内容符合县教育数字化规划，实施方案基本可行，同意通过评审。"),
        Heading("二、修改建议"),
        Paragraph("建议压缩服务器数量，补充数据安全和备份方案，运行维护费用按年度据实核定。"),
        Heading("三、供应商报价的成本构成"),
        Paragraph(COSTS),
        Heading("四、评审专家及评审费发放"),
        Table(("专家", "身份证号码", "手机号码", "银行卡号"), EXPERTS, "评审专家名单", (2, 4, 3, 4)),
    ),
)


def redact_opinions(office: Office, request: Request, on: dt.date) -> bool:
    """Add the file, redact and release it. False where no Chinese font is installed: no file can be made there."""
    at = morning(on)
    try:
        content = pdf.render(OPINIONS, at=morning(dt.date(2025, 2, 28)))
    except PdfUnavailable:
        return False
    source = foi.add_material(
        request=request,
        kind=MaterialKind.SOURCE,
        name=f"{SUBJECT}.pdf",
        content=content,
        actor=office.handler,
        at=at,
    )
    begun = foi.begin_redaction(source=source, actor=office.handler, at=at)
    begun = foi.set_marks(redaction=begun, marks=_marks(content), actor=office.handler, at=at)
    begun = foi.produce_redaction(redaction=begun, actor=office.handler, at=at)
    foi.release_redaction(redaction=begun, actor=office.reviewer, at=at)
    return True


def _marks(content: bytes) -> list[Mark]:
    """Over what the experts are known by, and over the supplier's costs."""
    private = {value for expert in EXPERTS for value in expert[1:]}
    found: list[Mark] = []
    for page in pages(open_source(content, SUBJECT)):
        ids = [word.id for word in page.words if word.text in private]
        found += marks_for(page, ids, basis="privacy")
        found += marks_for(page, [line.id for line in _costs(page)], basis="trade_secret")
    return found


def _costs(page: Page) -> list[Line]:
    return [line for line in page.lines if "成本占" in line.text or "毛利率" in line.text]
