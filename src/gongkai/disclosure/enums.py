"""Kinds of documents and states of editions."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """What a document is; the first two are counted in table 2 (条例 art. 20(1))."""

    RULE = "rule", "规章"
    NORMATIVE = "normative", "行政规范性文件"
    OTHER_POLICY = "policy", "其他政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    NOTICE = "notice", "通知公告"
    NEWS = "news", "工作动态"
    BUDGET = "budget", "预算决算"
    STATISTICS = "statistics", "统计信息"
    SERVICE = "service", "办事服务"
    OTHER = "other", "其他"


class Attribute(TextChoices):
    """Disclosure attribute decided at the source (条例 arts. 13–17)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class EditionState(TextChoices):
    """The life of an edition."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    APPROVED = "approved", "已签发"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被新版替代"
    WITHDRAWN = "withdrawn", "已撤下"


class Ending(TextChoices):
    """How a document ceased to be in force."""

    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class Validity(TextChoices):
    """Whether a document is in force: a function of its dates and a day, never stored."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    NOT_YET = "not_yet", "尚未施行"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class Genre(TextChoices):
    """体裁分类: the kinds of official papers (党政机关公文处理工作条例 art. 8), and what is none."""

    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"
    ORDER = "order", "命令（令）"
    COMMUNIQUE = "communique", "公报"
    PROCLAMATION = "proclamation", "公告"
    PUBLIC_NOTICE = "public_notice", "通告"
    OPINION = "opinion", "意见"
    NOTICE = "notice", "通知"
    CIRCULAR = "circular", "通报"
    REPORT = "report", "报告"
    INSTRUCTION_REQUEST = "instruction_request", "请示"
    REPLY = "reply", "批复"
    MOTION = "motion", "议案"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    OTHER = "other", "其他"


class Subject(TextChoices):
    """主题分类: the subjects under which governments list their papers."""

    GENERAL = "general", "综合政务"
    ECONOMY = "economy", "国民经济管理、国有资产监管"
    FINANCE = "finance", "财政、金融、审计"
    LAND_ENERGY = "land_energy", "国土资源、能源"
    AGRICULTURE = "agriculture", "农业、林业、水利"
    INDUSTRY = "industry", "工业、交通"
    COMMERCE = "commerce", "商贸、海关、旅游"
    MARKET = "market", "市场监管、安全生产监管"
    CONSTRUCTION = "construction", "城乡建设、环境保护"
    SCIENCE_EDUCATION = "science_education", "科技、教育"
    CULTURE = "culture", "文化、广电、新闻出版"
    HEALTH_SPORT = "health_sport", "卫生、体育"
    POPULATION = "population", "人口与计划生育、妇女儿童工作"
    LABOUR = "labour", "劳动、人事、监察"
    PUBLIC_SECURITY = "public_security", "公安、安全、司法"
    CIVIL_AFFAIRS = "civil_affairs", "民政、扶贫、救灾"
    ETHNIC_RELIGIOUS = "ethnic_religious", "民族、宗教"
    FOREIGN = "foreign", "对外事务"
    HONGKONG_MACAO_TAIWAN = "hmt", "港澳台侨工作"
    DEFENCE = "defence", "国防"
    OTHER = "other", "其他"


class TextSource(TextChoices):
    """Where the text of an edition came from."""

    TYPED = "typed", "录入"
    PASTED = "pasted", "粘贴"
    DOCX = "docx", "Word文件"
    PDF = "pdf", "PDF文件"
    IMPORTED = "imported", "批量导入"


class AttachmentRole(TextChoices):
    """What a file is to its edition."""

    ATTACHMENT = "attachment", "附件"
    PICTURE = "picture", "正文图片"
    ORIGINAL = "original", "原文件"


class ReviewStep(TextChoices):
    """The steps before publication, in their order (条例 art. 17; 先审查后公开、一事一审)."""

    UNIT = "unit", "部门审核"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "合法性审核"
    SIGN_OFF = "sign_off", "签发"
    RECHECK = "recheck", "发布后核查"


class Opinion(TextChoices):
    """What a reviewer says."""

    PASSED = "passed", "同意"
    RETURNED = "returned", "退回"


class InterpretationForm(TextChoices):
    """The forms of an interpretation."""

    TEXT = "text", "文字"
    QUESTIONS = "questions", "问答"
    PICTURE = "picture", "图解"
    VIDEO = "video", "视频"
    PRESS = "press", "新闻发布会"


class GuideSection(TextChoices):
    """The parts of a body's guide to disclosure (条例 art. 12) to which it adds in its own words."""

    CLASSES = "classes", "信息的分类与编排"
    ACCESS = "access", "怎样取得"
    OFFICE = "office", "公开工作机构"
    REQUESTS = "requests", "依申请公开"
    REMEDIES = "remedies", "监督"


class WordKind(TextChoices):
    """Why a word is watched for."""

    SENSITIVE = "sensitive", "敏感词"
    TYPO = "typo", "易错词"


class Receiver(TextChoices):
    """Who is handed the government information (条例 art. 25)."""

    ARCHIVE = "archive", "国家档案馆"
    LIBRARY = "library", "公共图书馆"


class VirusState(TextChoices):
    """What is known of a file from the scanner."""

    CLEAN = "clean", "未发现病毒"
    UNCHECKED = "unchecked", "未检查病毒"


class LeavingWay(TextChoices):
    """The five ways of leaving the site."""

    ERROR = "error", "误发撤下"
    MERGED = "merged", "并入其他文件"
    ENDED = "ended", "废止或失效"
    ARCHIVED = "archived", "归档"
    BY_LAW = "by_law", "依法撤下"


EDITION_MOVES: dict[str, frozenset[str]] = {
    EditionState.DRAFT: frozenset({EditionState.IN_REVIEW, EditionState.PUBLISHED}),
    EditionState.IN_REVIEW: frozenset({EditionState.DRAFT, EditionState.APPROVED, EditionState.PUBLISHED}),
    EditionState.APPROVED: frozenset({EditionState.DRAFT, EditionState.PUBLISHED}),
    EditionState.PUBLISHED: frozenset({EditionState.SUPERSEDED, EditionState.WITHDRAWN}),
    EditionState.SUPERSEDED: frozenset(),
    EditionState.WITHDRAWN: frozenset({EditionState.PUBLISHED}),
}
"""Which state may follow which. A draft and an edition in review are published only as a recorded exception or by the
registration of what is public already; a withdrawn edition only comes back by the return of its document."""

IN_PREPARATION = frozenset({EditionState.DRAFT, EditionState.IN_REVIEW, EditionState.APPROVED})
"""An edition that is not yet public; a document has at most one."""

OFF_THE_SITE = frozenset({LeavingWay.ERROR, LeavingWay.MERGED, LeavingWay.BY_LAW})
"""Ways after which the address no longer answers with the text."""
