"""Kinds of applicants, ways in and ways out, and the dated facts of a case."""

from django.db.models import TextChoices


class ApplicantKind(TextChoices):
    """The columns of table 3: a case sits in exactly one of them."""

    NATURAL = "natural", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_GOOD = "public_good", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他组织"


class IntakeChannel(TextChoices):
    """How a request came in; decides on which day it counts as received (条例 art. 31)."""

    IN_PERSON = "in_person", "当面提交"
    ORAL = "oral", "口头提出（工作机构代填）"
    REGISTERED_MAIL = "registered_mail", "邮寄（需签收）"
    ORDINARY_MAIL = "ordinary_mail", "平常信函"
    MISDIRECTED_MAIL = "misdirected_mail", "寄错机构后转来"
    FAX = "fax", "传真"
    ONLINE = "online", "互联网提交"
    EMAIL = "email", "电子邮件"


class ServiceMethod(TextChoices):
    """How an answer is served (国办公开办函〔2016〕235号)."""

    IN_PERSON = "in_person", "直接送达"
    COMMISSIONED = "commissioned", "委托其他行政机关代为送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"


class FactKind(TextChoices):
    """Dated facts of a case; the clock of ``law`` reckons with nothing else.

    Those after ``answered``, the ordered term apart, are for the file: no clock moves by them.
    """

    SUBMITTED = "submitted", "提交申请"
    RECEIVED = "received", "收到申请"
    CLARIFICATION_NOTIFIED = "clarification_notified", "告知补正"
    CLARIFICATION_RECEIVED = "clarification_received", "收到补正"
    CLARIFICATION_LAPSED = "clarification_lapsed", "逾期不补正"
    THIRD_PARTY_CONSULTED = "third_party_consulted", "征求第三方意见"
    THIRD_PARTY_ANSWERED = "third_party_answered", "第三方答复"
    CO_AUTHOR_CONSULTED = "co_author_consulted", "征求共同制作机关意见"
    CO_AUTHOR_ANSWERED = "co_author_answered", "共同制作机关答复"
    EXTENDED = "extended", "延期答复"
    FEE_NOTIFIED = "fee_notified", "发出收费通知"
    FEE_PAID = "fee_paid", "缴纳信息处理费"
    FEE_LAPSED = "fee_lapsed", "逾期不缴费"
    REASONS_REQUESTED = "reasons_requested", "要求说明理由"
    REASONS_GIVEN = "reasons_given", "申请人说明理由"
    TERM_SET = "term_set", "确定延迟答复期限"
    WITHDRAWN = "withdrawn", "申请人撤回"
    ANSWERED = "answered", "答复"
    OFFICE_CONFIRMED = "office_confirmed", "本机关确认收件"
    APPLICANT_CONFIRMED = "applicant_confirmed", "申请人确认收件"
    THIRD_PARTY_OVERRIDDEN = "third_party_overridden", "决定公开并告知第三方"
    SPLIT = "split", "拆分"
    MERGED = "merged", "合并办理"
    REOPENED = "reopened", "重新办理"
    TERM_ORDERED = "term_ordered", "复议决定或者判决确定期限"


class Standing(TextChoices):
    """What a row is to the annual report: only an ordinary request is counted in table 3."""

    ORDINARY = "", "单独办理"
    SPLIT = "split", "已拆分"
    MERGED = "merged", "已并入"
    REDONE = "redone", "重新办理"
