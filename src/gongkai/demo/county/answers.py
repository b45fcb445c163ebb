"""What the county's answers say: how information is given, why it is not. Every fact in them is made up."""

from __future__ import annotations

from gongkai.demo.cases import Case
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.letters.facts import Withheld

PROVISION = {
    ServiceMethod.ELECTRONIC: "本机关已将该信息的电子文件发送至{you}申请时填写的电子邮箱，请查收。",
    ServiceMethod.POST: "该信息的复印件随本告知书一并邮寄，请查收。",
    ServiceMethod.IN_PERSON: "该信息的复印件随本告知书当面交付。",
}
PRIVATE = "涉及个人隐私，公开会对第三方合法权益造成损害"
SECRETS = "涉及商业秘密，公开会对第三方合法权益造成损害"
ART_15, ART_32 = "条例第十五条", "条例第十五条、第三十二条"

WITHHELD: dict[str, tuple[Withheld, ...]] = {
    "2022年至2023年民办学校审批材料": (
        Withheld("举办者、校长和教师的身份证号码、联系电话、家庭住址", PRIVATE, ART_15),
        Withheld("各校银行开户许可证记载的账号", SECRETS, ART_15),
    ),
    "智慧教室设备采购合同": (
        Withheld("合同附件二（系统技术参数和接口说明）", SECRETS, ART_32),
        Withheld("合同末页记载的收款账号和经办人手机号码", PRIVATE, ART_15),
    ),
    "民办学校年检整改通知": (Withheld("各通知的附表（整改事项和教师名单）", PRIVATE, ART_15),),
    "智慧校园项目评审意见": (
        Withheld("评审专家的身份证号码、手机号码和银行卡号", PRIVATE, ART_15),
        Withheld("供应商报价明细中的成本构成", SECRETS, ART_15),
    ),
}

SAID: dict[str, dict[str, object]] = {
    "义务教育收费项目及标准": {
        "where_to_find": (
            "登录青屿县人民政府网，进入“政府信息公开”专栏“收费项目”栏目查询、下载。",
            "到青屿县政务服务中心一楼大厅的政府信息查阅点查阅。",
        )
    },
    "中考命题组织工作方案": {
        "reasons": "该方案由上级主管部门依照法定程序确定为国家秘密，目前尚在保密期限内。"
    },
    "某学校学生学籍档案明细": {
        "reasons": "该信息是未成年学生的档案内容，《中华人民共和国未成年人保护法》《中华人民共和国个人信息保护法》对其"
        "保护作了规定。"
    },
    "学校技防设施点位图": {
        "reasons": "该信息载明各学校安全防范设施的具体点位和覆盖范围，公开后可能危及校园公共安全。"
    },
    "校车运营企业成本核算资料": {
        "reasons": "该信息记载企业的人工、油料、维修等成本构成和供应商价格，企业对其采取了保密措施。",
        "opinion": "本机关依法书面征求了第三方的意见，第三方不同意公开且有合理理由。",
    },
    "校车运营补贴测算资料": {
        "reasons": "该信息记载企业分线路的收入、成本和客流数据，企业对其采取了保密措施。",
        "opinion": "本机关依法书面征求了第三方的意见，第三方不同意公开且有合理理由。",
    },
    "本局干部交流轮岗方案": {"reasons": "该信息系本机关人事调配的内部安排，不对外产生约束力。"},
    "学区调整讨论会议记录": {"reasons": "该信息系本机关研究学区调整时形成的讨论记录，所涉方案尚未确定。"},
    "教师职称评审会议纪要草稿": {"reasons": "该信息系尚未审定的会议纪要草稿，评审结果以后续印发的文件为准。"},
    "某培训机构行政处罚案卷": {
        "reasons": "该信息系本机关查处校外培训机构违规办学案件的案卷材料；行政处罚决定已另行公开。"
    },
    "某学校用地不动产登记资料": {
        "special_rules": "《不动产登记暂行条例》",
        "where_to_find": ("持有效身份证件到青屿县不动产登记中心申请查询。",),
    },
    "2010年农村教学点撤并论证报告": {
        "search": "本机关以“教学点”“撤并”“论证”为关键词，检索了2008年至2012年的电子公文系统和文书档案目录，向承办的"
        "基础教育科作了核实，并请青屿县档案馆协助查找馆藏档案，均未查到该报告。"
    },
    "2012年校舍安全工程竣工图": {
        "search": "本机关以“校舍安全工程”“竣工图”为关键词，检索了电子公文系统和基建档案目录，向项目办公室作了核实，"
        "未查到竣工图。"
    },
    "县城新区控制性详细规划": {
        "reasons": "该信息由自然资源主管部门组织编制和保存。",
        "responsible_body": "青屿县自然资源局",
        "responsible_contact": "青屿县自然资源局办公室，电话0000-2000002",
    },
    "近十年各乡镇生均经费对比分析": {
        "reasons": "本机关保存有各年度经费统计报表，没有制作或者获取过分乡镇的逐年对比分析。"
    },
    "学校的有关情况": {
        "reasons": "补正材料仍只写明“学校的各种情况”，没有写明学校、年度和信息的名称或者其他特征，本机关无法据以"
        "确定所指向的政府信息。"
    },
    "反映某校违规补课要求查处": {
        "reasons": "{you}所提内容系反映问题、请求查处，不是申请公开已经制作或者获取的政府信息。",
        "other_channel": "国家信访局网上信访平台，或者拨打12345政务服务便民热线",
    },
    "投诉某健身场所要求退费": {
        "reasons": "{you}所提内容系消费投诉，不是申请公开已经制作或者获取的政府信息。",
        "other_channel": "全国12315平台，或者拨打12345政务服务便民热线",
    },
    "要求提供《青屿县教育志》": {
        "where_to_find": ("该书已由出版社公开发行，可以到青屿县图书馆借阅，或者向书店购买。",)
    },
    "各校每日食堂采购单（历年）": {
        "reasons": "{you}在说明中没有写明逐日采购单的具体用途，所涉内容已经按月在各校公示，逐日提供将明显影响正常工作。"
    },
    "要求确认此前取得的批复真实有效": {
        "reasons": "{you}所附批复的复印件系此前由本机关提供，现要求在复印件上加盖印章确认其真实有效。"
    },
    "小区配套幼儿园移交的证明": {
        "reasons": "{you}要求就小区配套幼儿园是否移交出具书面证明，该事项属于开具证明，不是提供已经制作或者获取的政府信息。",
        "handling": "请携带业主委员会备案材料到本机关发展规划科办理，联系电话0000-2000001。",
    },
}

REJECTIONS = {"reject_repeat"}
"""Outcomes whose letters the case fills by itself."""

OBJECTION = {
    "本局干部交流轮岗方案": (
        "只写“内部安排”，没有说明为何不对外发生效力，理由不充分，请补充后再送。",
        "该信息系本机关人事调配的内部安排，不对外产生约束力。",
        "该信息系本机关中层干部年度交流轮岗的内部安排，只涉及本机关人员的岗位调配，不影响公民、法人和其他组织的权利义务。",
    ),
}
"""Answers the legal reviewer sent back: what he said, and which words were put in the place of which."""


def answer_of(case: Case, *, is_person: bool) -> dict[str, object]:
    """What the officer says in the answer of a case."""
    you = "您" if is_person else "你单位"
    if case.outcome in {"granted", "partial"}:
        said: dict[str, object] = {"provision": (PROVISION[ServiceMethod(case.served_by)].format(you=you),)}
        name = f"{case.subject}（可以公开的部分）" if case.outcome == "partial" else case.subject
        return {**said, "attachments": (name,), "withheld": WITHHELD.get(case.subject, ())}
    if case.outcome in REJECTIONS:
        return {}
    told = SAID[case.subject]
    return {key: value.format(you=you) if isinstance(value, str) else value for key, value in told.items()}
