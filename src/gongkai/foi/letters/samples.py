"""Made-up facts for every kind: what a preview of a template is filled with, and what the tests read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongkai.foi.letters.facts import BodyFacts, LetterFacts, Service, Withheld
from gongkai.foi.letters.kinds import LetterKind
from gongkai.law.fees import fee_by_page

BODY = BodyFacts(
    name="青屿县教育体育局",
    short_name="青教体",
    office="青屿县教育体育局办公室",
    address="青屿县海棠路18号",
    office_hours="工作日8:30—12:00，14:00—17:30",
    phone="0599-5550118",
    contact_person="林敏",
    review_organ="青屿县人民政府",
    court="青屿县人民法院",
)
_PLAIN = LetterFacts(
    body=BODY,
    number="青教体公开〔2024〕第12号",
    issued_on=dt.date(2024, 3, 20),
    applicant="陈晓明",
    request_number="QJT-2024-0012",
    received_on=dt.date(2024, 2, 26),
    channel="互联网提交",
    subject="青屿县第三小学扩建工程初步设计批复及其附图",
    description="2023年下半年作出，涉及新建教学楼和运动场",
    wanted_form="电子邮件",
    due_on=dt.date(2024, 3, 25),
    due_note="自收到次日（2024年2月27日）起计算20个工作日，至2024年3月25日届满。",
    query_code="7KQ2-M9XD",
    query_address="https://xxgk.qingyu.example/foi/track?number=QJT-2024-0012",
)
_COMPANY = "青屿县宏达建筑设计有限公司"
_FORMER: dict[str, Any] = {"former_number": "青教体公开〔2024〕第3号", "former_on": dt.date(2024, 1, 18)}
_MAIL = "本机关已按您要求的方式，将该信息的电子文件发送至您申请时填写的电子邮箱，请查收。"
_TERMS: Mapping[str, Mapping[str, Any]] = {
    "receipt": {"issued_on": dt.date(2024, 2, 26)},
    "clarification": {
        "issued_on": dt.date(2024, 3, 1),
        "subject": "第三小学的全部材料",
        "clarify": (
            "“全部材料”的具体名称、文号，或者便于本机关查询的其他特征描述。",
            "所需信息形成的大致时间范围。",
        ),
        "clarify_by": dt.date(2024, 3, 22),
    },
    "reasons_request": {
        "issued_on": dt.date(2024, 3, 1),
        "requests_counted": "2024年1月1日至2月29日，您向本机关提出政府信息公开申请46件，其中41件涉及同一事项",
        "reasons_by": dt.date(2024, 3, 15),
    },
    "extension": {
        "extension_workdays": 20,
        "extension_reasons": "所涉档案数量较多、需要逐件审查",
        "former_due_on": dt.date(2024, 3, 25),
        "due_on": dt.date(2024, 4, 23),
        "due_note": "自2024年3月26日起计算20个工作日（清明节放假，4月7日上班），至2024年4月23日届满。",
    },
    "reasonable_term": {
        "delay_reasons": "所申请的46件信息需要分别检索、审查",
        "due_on": dt.date(2024, 6, 28),
    },
    "consultation_notice": {"consulted": "第三方", "consulted_on": dt.date(2024, 3, 6)},
    "fee_notice": {
        "fee": fee_by_page(238),
        "how_to_pay": "持本通知书到青屿县政务服务中心非税收入窗口缴纳，或者登录非税收入统一缴款平台凭缴款码缴纳。收入缴入国库，开具财政票据。",
    },
}
_OTHERS: Mapping[str, Mapping[str, Any]] = {
    "third_party_consultation": {
        "recipient": _COMPANY,
        "consulted_content": "《青屿县第三小学扩建工程初步设计》附图第3至第5页（结构计算说明）",
    },
    "third_party_result": {
        "recipient": _COMPANY,
        "consulted_content": "《青屿县第三小学扩建工程初步设计》附图第3至第5页（结构计算说明）",
        "opinion": "你单位于2024年3月12日提出书面意见，不同意公开，理由是该部分内容属于商业秘密。",
        "handling": "经审查，你单位的理由合理，本机关对该部分内容不予公开。",
    },
    "third_party_override": {
        "recipient": _COMPANY,
        "opinion": "你单位于2024年3月12日提出书面意见，不同意公开，理由是该部分内容属于商业秘密。",
        "disclosed_content": "《青屿县第三小学扩建工程初步设计》附图第4页（消防疏散通道布置图）",
        "disclosed_reasons": "该图涉及校舍的消防疏散条件，直接关系在校师生的人身安全，不公开可能对公共利益造成重大影响。",
    },
    "co_author_consultation": {
        "recipient": "青屿县发展和改革局",
        "consulted_content": "《关于青屿县第三小学扩建工程初步设计的批复》（青教体〔2023〕41号）",
    },
    "assistance": {
        "recipient": "青屿县档案馆",
        "task": "请协助查找2019年以前移交贵馆的青屿县第三小学扩建工程档案，并确认其中有无初步设计批复。",
        "task_due_on": dt.date(2024, 3, 8),
    },
    "transfer": {
        "recipient": "青屿县公安局",
        "transferred": "陈晓明请求更正其户籍登记信息的申请1份，身份证明和证据材料共4页。",
        "transfer_reasons": "经审查，该信息由贵单位记录和保存，本机关无权更正。",
    },
}
_ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "granted": {"provision": (_MAIL,), "attachments": ("关于青屿县第三小学扩建工程初步设计的批复",)},
    "already_public": {
        "where_to_find": (
            "登录青屿县人民政府网站，进入“政府信息公开”专栏“重大建设项目”栏目查询、下载。",
            "到青屿县档案馆或者县公共图书馆政府信息查阅场所查阅。",
        )
    },
    "partial": {
        "provision": (_MAIL,),
        "withheld": (
            Withheld(
                "附图第3至第5页",
                "涉及第三方的商业秘密，第三方不同意公开且有合理理由",
                "条例第十五条、第三十二条",
            ),
            Withheld("批复第2页经办人员手机号码、身份证号码", "涉及个人隐私", "条例第十五条"),
        ),
        "attachments": ("关于青屿县第三小学扩建工程初步设计的批复（可以公开的部分）",),
    },
    "denied_secret": {"reasons": "该信息已依照法定程序确定为国家秘密，目前尚在保密期限内。"},
    "denied_law": {
        "reasons": "该信息含有未成年学生的个人档案内容，《中华人民共和国未成年人保护法》等法律对其保密作了规定。"
    },
    "denied_safety": {"reasons": "该信息载明校园安全防范设施的具体点位，公开后可能危及公共安全。"},
    "denied_third_party": {
        "reasons": "该信息含有设计单位尚未公开的技术方案。",
        "opinion": "本机关依法书面征求了第三方的意见，第三方不同意公开且有合理理由。",
    },
    "denied_internal": {"reasons": "该信息系本机关办公用房调配的内部登记。"},
    "denied_process": {"reasons": "该信息系本机关就扩建方案向上级机关提出的请示，所涉事项尚在研究。"},
    "denied_case_file": {"reasons": "该信息系本机关查处校外培训机构违规办学案件的案卷材料。"},
    "query_regime": {
        "subject": "青屿县第三小学不动产登记资料",
        "special_rules": "《不动产登记暂行条例》",
        "where_to_find": ("持有效身份证件到青屿县不动产登记中心申请查询。",),
    },
    "not_exist": {
        "search": "本机关以“第三小学”“扩建”“初步设计”为关键词，对2019年以来的电子公文系统和纸质档案目录进行了检索，并向承办的规划建设科作了核实。"
    },
    "not_our_remit": {
        "subject": "青屿县第三小学周边道路规划许可",
        "reasons": "该信息由县自然资源主管部门在履行规划许可职能过程中制作。",
        "responsible_body": "青屿县自然资源局",
        "responsible_contact": "青屿县滨江路6号，电话0599-5550226",
    },
    "need_create": {
        "subject": "2010年以来全县各小学扩建工程造价的逐年对比分析",
        "reasons": "本机关保存有各项目的单独批复，没有制作或者获取过逐年对比的材料。",
    },
    "unclear": {
        "subject": "第三小学的全部材料",
        "clarify_notified_on": dt.date(2024, 3, 1),
        "clarify_received_on": dt.date(2024, 3, 11),
        "reasons": "您在补正材料中仍未说明所需信息的名称、文号或者其他特征，本机关无法据以确定所指向的政府信息。",
    },
    "reject_petition": {
        "subject": "请查处第三小学食堂承包问题并答复结果",
        "reasons": "您所提内容系反映问题、请求查处，不是申请公开已经制作或者获取的政府信息。",
        "other_channel": "国家信访局网上信访平台，或者拨打12345政务服务便民热线",
    },
    "reject_repeat": _FORMER,
    "reject_publication": {
        "subject": "《青屿年鉴（2023）》",
        "where_to_find": ("该书由出版社公开发行，可以到青屿县公共图书馆借阅，或者向书店购买。",),
    },
    "reject_excessive": {
        "reasons_requested_on": dt.date(2024, 3, 1),
        "reasons": "您在说明中仅表示“就是想要”，没有说明46件申请各自的需要，其中41件所涉事项本机关此前已经答复。",
    },
    "reject_confirm": {"reasons": "您所附的批复复印件系本机关2024年1月18日提供，您要求在其上加盖印章确认。"},
    "other": {
        "reasons": "您与另外4名申请人以同一份申请书就同一信息提出申请，并书面推选其中1人为代表。",
        "handling": "本机关已将答复送达推选的代表，不再分别答复。",
    },
    "lapse_no_correction": {"clarify_notified_on": dt.date(2024, 2, 28), "clarify_by": dt.date(2024, 3, 15)},
    "lapse_unpaid": {
        "fee": fee_by_page(238),
        "fee_notified_on": dt.date(2024, 2, 20),
        "received_on": dt.date(2024, 2, 1),
    },
    "withdrawn": {"withdrawn_on": dt.date(2024, 3, 18)},
}
_CORRECTIONS: Mapping[str, Mapping[str, Any]] = {
    "record_corrected": {
        "record_request": "请求将本机关网站公示的教师资格认定结果中您的姓名由“陈晓民”更正为“陈晓明”，并提供居民身份证为证。",
        "record_result": "公示信息中的姓名已于2024年3月19日更正为“陈晓明”。",
    },
    "record_not_corrected": {
        "record_request": "请求将学籍档案记载的入学时间由2001年9月更正为2000年9月。",
        "reasons": "您没有提供能够证明记载不准确的证据，本机关核对的原始入学登记与现有记载一致。",
    },
    "record_forwarded": {
        "record_request": "请求更正户籍登记信息中的出生日期。",
        "responsible_body": "青屿县公安局",
        "responsible_contact": "青屿县人民路2号，电话0599-5550110",
    },
    "answer_corrected": {
        **_FORMER,
        "outcome": "granted",
        "reasons": "原答复将附图第6页列为不予公开的内容。经复查，该页不含商业秘密和个人隐私，可以公开。",
        "corrected_text": "对附图第6页予以公开，电子文件已一并发送至您申请时填写的电子邮箱。",
    },
    "answer_withdrawn": {
        **_FORMER,
        "reasons": "经复查，原答复认定该信息不存在的事实不清。",
        "next_step": "本机关将在2024年4月10日以前重新作出答复。",
    },
    "service_receipt": {
        "number": "",
        "service": Service(
            "政府信息公开告知书",
            "青教体公开〔2024〕第12号",
            "陈晓明",
            "邮寄送达",
            "青屿县榕树街道海滨小区3幢502室",
            dt.date(2024, 3, 20),
            "1234567890123",
            "周海生",
        ),
    },
}
_OWN = {**_TERMS, **_OTHERS, **_ANSWERS, **_CORRECTIONS}


def sample_facts(kind: LetterKind, *, body: BodyFacts = BODY) -> LetterFacts:
    """Facts with which the default text of this kind makes a whole letter, of the body whose template it is."""
    return replace(_PLAIN, body=body, **_OWN[kind.key])
