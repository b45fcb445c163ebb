"""What the county's letters on the way to an answer say of each matter. Every fact in them is made up."""

from __future__ import annotations

from dataclasses import dataclass

TREASURY = (
    "持本通知书到青屿县政务服务中心非税收入窗口缴纳，或者凭缴款码在非税收入统一缴款平台缴纳。收入全额上缴国库，"
    "开具财政票据。"
)


@dataclass(frozen=True)
class Notice:
    """What is said of one matter; what its letters do not need stays empty."""

    content: str = ""
    """What a third party or another body is asked about."""
    objection: str = ""
    """Why the third party does not consent."""
    handling: str = ""
    """What became of the third party's opinion."""
    disclosed: str = ""
    """What is disclosed against its will."""
    reasons: str = ""
    """Why so, or why the answer takes longer."""
    clarify: tuple[str, ...] = ()
    counted: str = ""
    """How many requests of the applicant there were."""


NOTICES = {
    "智慧教室设备采购合同": Notice(
        content="《智慧教室设备采购合同》及其附件一（分项价格表）、附件二（系统技术参数和接口说明）",
        objection="分项价格和技术参数属于商业秘密",
        disclosed="《智慧教室设备采购合同》正文和附件一（分项价格表）。附件二不予公开。",
        reasons="该项目全部使用财政资金，合同价格和数量直接关系公共资金的使用和监督，不公开可能对公共利益造成重大影响。",
    ),
    "校车运营企业成本核算资料": Notice(
        content="你单位2023年度校车运营成本核算表及说明",
        objection="成本构成和供应商价格属于商业秘密，公开后将影响后续投标",
        handling="经审查，你单位的理由合理，本机关对上述信息不予公开。",
    ),
    "校车运营补贴测算资料": Notice(
        content="你单位2024年度分线路收入、成本和客流数据",
        objection="分线路经营数据属于商业秘密",
        handling="经审查，你单位的理由合理，本机关对上述信息不予公开。",
    ),
    "智慧校园项目评审意见": Notice(
        content="《智慧校园项目评审意见》及所附你单位报价明细",
        handling="经审查，报价明细中的成本构成属于商业秘密，本机关不予公开；其余内容予以公开。",
    ),
    "体育场馆改造中标文件": Notice(content="你单位在体育场馆改造项目中的中标文件，包括报价表和施工组织设计"),
    "义务教育经费保障联合文件": Notice(
        content="《关于下达2024年义务教育经费保障资金的通知》（本机关与贵单位联合印发）"
    ),
    "教育费附加使用联合核查报告": Notice(
        content="《2024年教育费附加使用情况联合核查报告》（本机关与贵单位联合制作）"
    ),
    "近三年教师招聘与流动统计": Notice(reasons="所涉统计分散在各学校和两个年度的人事台账中，需要逐项核对"),
    "特殊教育经费拨付情况": Notice(reasons="所涉拨付凭证数量较多，需要与财政部门逐笔核对"),
    "2010年农村教学点撤并论证报告": Notice(
        content="请协助查找2012年以前移交贵馆的教育档案，并确认其中有无2010年农村教学点撤并论证报告。"
    ),
    "学校的有关情况": Notice(
        clarify=(
            "需要哪一所或者哪几所学校的信息。",
            "所需信息的名称、文号，或者便于本机关查询的其他特征描述。",
        )
    ),
    "有关文件": Notice(clarify=("所需文件的名称、文号，或者便于本机关查询的其他特征描述。",)),
    "教师培训经费使用情况": Notice(
        clarify=("需要哪一年度的使用情况。", "需要决算报表、项目明细，还是其他形式的信息。")
    ),
    "各校每日食堂采购单（历年）": Notice(
        counted="您在一份申请书中要求提供全县63所学校2015年以来的逐日食堂采购单，列明51类明细"
    ),
    "历年体育场馆开放补助明细": Notice(
        counted="您在一份申请书中要求提供全县28处体育场馆2014年以来的补助明细，列明19类材料",
        reasons="所涉补助跨十个年度，需要分别检索、审查",
    ),
}
