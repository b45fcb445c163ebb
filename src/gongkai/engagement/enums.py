"""Words of consultations, concerns, questions and letters."""

from django.db.models import TextChoices


class Naming(TextChoices):
    """Whether who gives an opinion says who he is."""

    NAMED = "named", "须署名"
    OPTIONAL = "optional", "署名自愿"
    ANONYMOUS = "anonymous", "不收集姓名"


class QuestionKind(TextChoices):
    """How a question is answered."""

    TEXT = "text", "文字回答"
    ONE = "one", "单选"
    SEVERAL = "several", "多选"


class IntakeWay(TextChoices):
    """How an opinion or a letter came."""

    ONLINE = "online", "网站"
    POST = "post", "来信"
    EMAIL = "email", "电子邮件"
    PHONE = "phone", "电话"
    FAX = "fax", "传真"
    IN_PERSON = "in_person", "当面"
    MEETING = "meeting", "座谈会、听证会"


class CommentState(TextChoices):
    """What was decided about an opinion. ``ACCEPTED`` ones are counted."""

    WAITING = "waiting", "待处理"
    ACCEPTED = "accepted", "有效意见"
    SET_ASIDE = "set_aside", "不计入"


COMMENT_MOVES: dict[str, frozenset[str]] = {
    CommentState.WAITING: frozenset({CommentState.ACCEPTED, CommentState.SET_ASIDE}),
    CommentState.ACCEPTED: frozenset({CommentState.SET_ASIDE}),
    CommentState.SET_ASIDE: frozenset({CommentState.ACCEPTED}),
}
"""Which state may follow which, until the result is published."""


class Verdict(TextChoices):
    """What became of a group of opinions."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"


class ConsultationStage(TextChoices):
    """Where a consultation stands: a function of its facts and a day, never stored."""

    PREPARED = "prepared", "待签发"
    ANNOUNCED = "announced", "未开始"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已截止，待公布采纳情况"
    OVERDUE = "overdue", "已截止，采纳情况逾期未公布"
    ANSWERED = "answered", "已公布采纳情况"


class Severity(TextChoices):
    """How soon a concern must be answered (国办发〔2016〕61号, 80号实施细则)."""

    GRAVE = "grave", "特别重大、重大突发事件"
    GENERAL = "general", "其他政务舆情"


class StepKind(TextChoices):
    """What was done about a concern; the values of ``law.answers.ConcernStep``."""

    FIRST_WORD = "first_word", "发布权威信息"
    BRIEFING = "briefing", "新闻发布会"
    ANSWER = "answer", "回应"


class FaqState(TextChoices):
    """The life of an entry of the library of questions."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


FAQ_MOVES: dict[str, frozenset[str]] = {
    FaqState.DRAFT: frozenset({FaqState.PUBLISHED}),
    FaqState.PUBLISHED: frozenset({FaqState.WITHDRAWN}),
    FaqState.WITHDRAWN: frozenset({FaqState.PUBLISHED}),
}
"""Which state may follow which."""


class LetterState(TextChoices):
    """Where a letter to the office stands."""

    WAITING = "waiting", "待答复"
    ANSWERED = "answered", "已答复"
    SET_ASIDE = "set_aside", "不予处理"
