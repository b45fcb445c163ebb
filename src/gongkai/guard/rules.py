"""The guard's rules: what each one is called, what it says, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.guard.model import Finding, Severity, fingerprint

_MASK = "删去，或只保留前几位并用 * 代替；确需公开的，写明理由后放行"
_CLEAN = "系统可以自动清除；也可以在 Word、WPS 的“检查文档”中删除后重新上传"
_IN_OFFICE = "在 Word、WPS 中处理后重新上传"


@dataclass(frozen=True, slots=True)
class Rule:
    """``severity`` is the usual one; a find may be judged more mildly by what stands beside it."""

    name: str
    severity: Severity
    message: str
    remedy: str
    strippable: bool = False


_BLOCK, _WARN, _NOTICE = Severity.BLOCK, Severity.WARN, Severity.NOTICE
RULES = {
    "personal.id_number": Rule("身份证号码", _BLOCK, "有公民身份号码", _MASK),
    "personal.mobile": Rule("手机号码", _BLOCK, "有手机号码", _MASK),
    "personal.landline": Rule("固定电话", _WARN, "有电话号码", "是个人的，请删去；是办公电话的，可以保留"),
    "personal.bank_card": Rule("银行卡号", _BLOCK, "有银行卡号", _MASK),
    "personal.account": Rule("账号", _WARN, "有账号", "是个人账户的，请删去；是单位账户的，可以保留"),
    "personal.plate": Rule("车牌号", _BLOCK, "有车牌号", _MASK),
    "personal.passport": Rule("护照或通行证号", _BLOCK, "有护照或通行证号码", _MASK),
    "personal.email": Rule("电子邮箱", _WARN, "有电子邮箱", "是个人邮箱的，请删去；是单位邮箱的，可以保留"),
    "personal.social": Rule("社交账号", _WARN, "有微信或 QQ 号", "是个人的，请删去"),
    "personal.address": Rule("住址", _BLOCK, "有个人住址", "删去，或只写到乡镇、街道；确需公开的，写明理由后放行"),
    "personal.birth_date": Rule("出生日期", _WARN, "有出生日期", "只保留年份，或删去"),
    "personal.minor": Rule(
        "未成年人", _NOTICE, "可能有未成年人的姓名", "不满十八周岁的，隐去姓名，例如写作“张某某”"
    ),
    "personal.column": Rule("个人信息列", _BLOCK, "表格有一列个人信息", "删去整列，或逐行隐去后再公开"),
    "personal.more": Rule("同类问题", _BLOCK, "同类问题还有很多", "请从源头处理：删去整列或整段后重新检查"),
    "hidden.comments": Rule("批注", _BLOCK, "文件里有批注", _CLEAN, strippable=True),
    "hidden.changes": Rule("修订", _BLOCK, "文件里有未处理的修订", "接受或拒绝全部修订后重新上传"),
    "hidden.text": Rule("隐藏文字", _BLOCK, "文件里有看不见的文字", "删去，或改为可见，再重新上传"),
    "hidden.rows": Rule("隐藏行", _BLOCK, "表格里有隐藏的行", "取消隐藏并核对，不公开的整行删去后重新上传"),
    "hidden.columns": Rule("隐藏列", _BLOCK, "表格里有隐藏的列", "取消隐藏并核对，不公开的整列删去后重新上传"),
    "hidden.sheets": Rule("隐藏工作表", _BLOCK, "有隐藏的工作表", "取消隐藏并核对，不公开的删去后重新上传"),
    "hidden.slides": Rule("隐藏幻灯片", _BLOCK, "有隐藏的幻灯片", "删去后重新上传"),
    "hidden.notes": Rule("演讲者备注", _BLOCK, "幻灯片有演讲者备注", "删去备注后重新上传"),
    "hidden.embedded": Rule("嵌入文件", _BLOCK, "文件里嵌有别的文件", "改为图片或表格，另行上传需要公开的文件"),
    "hidden.attachments": Rule("PDF 内附文件", _BLOCK, "PDF 里附有别的文件", _CLEAN, strippable=True),
    "hidden.cache": Rule("数据缓存", _BLOCK, "有透视表或外部数据的缓存，可能含未显示的源数据", "把结果粘贴为数值后重新上传"),
    "hidden.layers": Rule("图层", _BLOCK, "PDF 有隐藏的图层", "打印为 PDF 后重新上传"),
    "hidden.revisions": Rule("旧版本", _BLOCK, "PDF 里保存有旧版本", _CLEAN, strippable=True),
    "hidden.annotations": Rule("PDF 批注", _BLOCK, "PDF 有批注", _CLEAN, strippable=True),
    "active.macros": Rule("宏", _BLOCK, "文件里有宏程序或控件", "另存为不含宏的 .docx、.xlsx 后重新上传"),
    "active.scripts": Rule("脚本", _BLOCK, "PDF 里有脚本或自动动作", _CLEAN, strippable=True),
    "active.form": Rule("表单", _NOTICE, "PDF 里有可填写的表单", "确认表单里没有已填的内容"),
    "trace.properties": Rule("文档属性", _WARN, "文档属性里有制作者的信息", _CLEAN, strippable=True),
    "trace.custom_xml": Rule("自定义数据", _WARN, "文件里有自定义数据", _CLEAN, strippable=True),
    "trace.paths": Rule("路径", _WARN, "文件里有本机路径、打印机或模板的名称", _CLEAN, strippable=True),
    "trace.exif": Rule("拍摄信息", _WARN, "图片里有拍摄或编辑信息", _CLEAN, strippable=True),
    "trace.location": Rule("拍摄地点", _BLOCK, "图片里有拍摄地点（GPS）", _CLEAN, strippable=True),
    "trace.signature": Rule("电子签名", _NOTICE, "文件有电子签名，清除痕迹后签名失效", "需要保留签名的，请另存一份"),
    "word.sensitive": Rule("敏感词", _BLOCK, "有敏感词", _MASK),
    "word.typo": Rule("错别字", _WARN, "可能有错别字或不规范表述", "核对后改正"),
    "file.unreadable": Rule("读不出", _BLOCK, "文件读不出来，不能检查", _IN_OFFICE),
    "file.unchecked": Rule("不能检查", _WARN, "系统不能检查这种文件的内容", "请人工检查文件的内容和属性后放行"),
    "file.no_text_layer": Rule(
        "没有文字层", _WARN, "PDF 是扫描件，没有文字层：不能检索、不能朗读，系统也查不出其中的个人信息",
        "请人工检查，并提供同内容的网页版（HTML）或 Word 版",
    ),
    "file.scanned_pages": Rule("扫描页", _WARN, "有的页没有文字层，系统查不出其中的个人信息", "请人工检查这些页"),
    "file.links": Rule("外部链接", _NOTICE, "文件里有指向外部的链接", "确认链接可以公开"),
}  # fmt: skip
"""Rule id → rule."""


def found(
    rule: str,
    place: str,
    *,
    key: str,
    container: str,
    excerpt: str = "",
    severity: Severity | None = None,
    message: str = "",
    remedy: str = "",
) -> Finding:
    """A finding of a rule. ``key`` is what it is about, for the fingerprint; never shown."""
    of = RULES[rule]
    return Finding(
        rule=rule,
        severity=severity or of.severity,
        place=place,
        excerpt=excerpt,
        message=message or of.message,
        remedy=remedy or of.remedy,
        fingerprint=fingerprint(rule, container, key),
        strippable=of.strippable,
    )
