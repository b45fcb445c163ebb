"""Matters that are no request under the Regulation: where they belong. It is explained, and nobody is held up."""

from __future__ import annotations

from typing import NamedTuple


class Door(NamedTuple):
    """Another way in: its name, the words that hint at it, where to go, and the article that says so."""

    key: str
    name: str
    hints: tuple[str, ...]
    text: str
    article: str


DOORS = (
    Door(
        "petition",
        "信访、投诉、举报",
        ("信访", "投诉", "举报", "控告", "上访", "反映", "要求处理", "要求解决", "查处"),
        "要求行政机关处理、查处、解决问题的，请走信访、投诉举报渠道（例如拨打12345政务服务便民热线）。作为信息公开申请提交的，"
        "本机关会告知不作为政府信息公开申请处理。",
        "条例第三十九条",
    ),
    Door(
        "question",
        "咨询",
        ("咨询", "请问", "怎么办", "如何办", "为什么", "是否合法", "能不能", "多久"),
        "想问政策怎样理解、事情怎样办理、行为是否合法的，打电话或者通过网站咨询更快。信息公开只提供已经存在的信息，不作解答。",
        "条例第三十八条",
    ),
    Door(
        "own_case",
        "查自己的办事进度或者材料",
        ("我的案件", "办理进度", "进度查询", "我的档案", "卷宗", "案卷"),
        "您是正在进行的行政程序的当事人的，按照该程序的规定查阅案卷；查办事进度，请向承办单位查询。",
        "条例第十六条",
    ),
    Door(
        "registry",
        "企业登记、不动产登记资料",
        ("不动产登记", "房产登记", "工商登记", "企业登记", "产权登记", "房产证"),
        "工商、不动产登记等资料，法律、行政法规对查询有特别规定，请向登记机构按照规定查询。",
        "条例第三十六条第（七）项",
    ),
    Door(
        "publication",
        "公报、报刊、书籍等公开出版物",
        ("年鉴", "公报", "期刊", "报纸", "出版物", "书籍"),
        "公开出版物可以到图书馆、档案馆查阅，或者向出版单位购买；本机关会告知获取的途径。",
        "条例第三十九条",
    ),
    Door(
        "enterprise",
        "学校、医院、供水供电等公共企事业单位的信息",
        ("学校", "幼儿园", "医院", "供水", "供电", "燃气", "公交", "物业"),
        "学校、医院和供水、供电等单位自己的信息，由该单位按照主管部门的规定公开，请直接向该单位提出。本机关制作或者保存的有关信息，"
        "仍可以在这里申请。",
        "条例第五十五条",
    ),
    Door(
        "other_body",
        "其他机关的信息",
        ("法院", "检察院", "人大", "政协", "村委会", "居委会"),
        "谁制作，谁公开。信息不是本机关制作或者保存的，向制作它的机关申请更快；本机关能确定的，会告知您该机关的名称和联系方式。",
        "条例第十条、第三十六条第（五）项",
    ),
)


def hinted(text: str) -> list[Door]:
    """The doors that what was typed hints at."""
    return [door for door in DOORS if any(hint in text for hint in door.hints)]
