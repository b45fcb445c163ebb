"""A document with one of everything."""

import datetime as dt

from gongkai.typesetting.document import (
    Code,
    Enclosure,
    Form,
    FormCell,
    FormRow,
    Heading,
    KeyValues,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
)

AT = dt.datetime(2024, 3, 5, 1, 30, tzinfo=dt.UTC)
FORM = Form(
    (1, 2, 1),
    (
        FormRow((FormCell("受送达人", label=True), FormCell("陈晓明", colspan=2))),
        FormRow((FormCell("签收", label=True, rowspan=2), FormCell("甲\n乙"), FormCell("丙")), 30),
        FormRow((FormCell("丁", colspan=2),)),
    ),
    "送达回证",
)


def a_document(**changes):
    whole = {
        "issuer": "江东市文化局",
        "title": "政府信息部分公开告知书",
        "number": "江文公开〔2024〕第12号",
        "addressee": "陈晓明",
        "blocks": (
            Paragraph("现答复如下。"),
            Heading("一、公开的内容"),
            Heading("（一）批复", 2),
            NumberedList(("甲项。", "乙项。")),
            Paragraph("顶格。", indent=False),
            Table(("内容", "理由"), (("第3页", "个人隐私"),), "不予公开的内容", (1, 3)),
            KeyValues((("申请编号", "2024-0012"),), "申请"),
            Code("https://example.gov.cn/1", ("申请编号：2024-0012",), "查询二维码"),
            FORM,
            Paragraph("特此告知。"),
        ),
        "attachments": ("批复", "附图"),
        "signature": "江东市文化局",
        "signed_on": dt.date(2024, 3, 5),
        "notes": ("此件主动公开",),
        "contact": "联系人：林敏",
        "enclosures": (Enclosure("意见回执", (KeyValues((("意见", ""),), "回执"),)),),
    }
    return OfficialDocument(**{**whole, **changes})
