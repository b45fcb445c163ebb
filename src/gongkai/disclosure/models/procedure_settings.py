"""What a body settles for its publishing: which steps, which terms, ready-made reasons, words to watch for."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai.disclosure.enums import DocumentKind, WordKind
from gongkai.organisations.models import Body

INTERPRETATION_WORKDAYS = 3  # 政策解读: with the document, at the latest 3 workdays after
REASSESSMENT_MONTHS = 12  # art. 18: 定期


def legal_kinds() -> list[str]:
    """Rules and normative documents pass a check of legality (国办发〔2018〕115号)."""
    return [DocumentKind.RULE.value, DocumentKind.NORMATIVE.value]


def interpretation_kinds() -> list[str]:
    """Kinds whose sign-off asks for a plan of interpretation first."""
    return [DocumentKind.RULE.value, DocumentKind.NORMATIVE.value]


def return_reasons() -> list[str]:
    """Reasons for sending a draft back that come up everywhere; a body makes the list its own."""
    return [
        "含有个人信息，请处理后再报",
        "涉及工作秘密或者敏感信息，请核实",
        "公开属性及理由不明确",
        "文号、成文日期与原件不一致",
        "附件缺失或者不是最终版本",
        "表述、错别字或者格式需要修改",
        "未提出解读方案",
    ]


class PublishingRules(models.Model):
    """One row per body that departs from the usual; a body without one follows the defaults."""

    body = models.OneToOneField(
        Body, models.PROTECT, related_name="publishing_rules", verbose_name="机关", primary_key=True
    )
    legal_kinds = models.JSONField("须合法性审核的类别", default=legal_kinds, blank=True)
    interpretation_kinds = models.JSONField("须提出解读方案的类别", default=interpretation_kinds, blank=True)
    interpretation_workdays = models.PositiveSmallIntegerField(
        "解读期限（工作日）",
        default=INTERPRETATION_WORKDAYS,
        validators=[MaxValueValidator(INTERPRETATION_WORKDAYS, "解读最迟在文件公开后3个工作日内发布")],
        help_text="0为与文件同日发布",
    )
    reassessment_months = models.PositiveSmallIntegerField(
        "不予公开信息的评估间隔（月）",
        default=REASSESSMENT_MONTHS,
        validators=[MinValueValidator(1, "评估间隔应为1个月以上")],
    )
    return_reasons = models.JSONField("退回理由", default=return_reasons, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发布规则"
        constraints = [
            models.CheckConstraint(
                name="publishing_interpretation_term",
                condition=models.Q(interpretation_workdays__lte=INTERPRETATION_WORKDAYS),
                violation_error_message="解读最迟在文件公开后3个工作日内发布",
            ),
            models.CheckConstraint(
                name="publishing_reassessment_term",
                condition=models.Q(reassessment_months__gte=1),
                violation_error_message="评估间隔应为1个月以上",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}发布规则"


class WatchWord(models.Model):
    """A word that must not stand in a published text of the body and those below it, or not without a look."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="watch_words", verbose_name="机关")
    word = models.CharField("词语", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=WordKind.choices)
    suggestion = models.CharField("建议改为", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "敏感词和易错词"
        ordering = ["body", "kind", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "word"], name="watch_word_once", violation_error_message="该词语已在表中"
            )
        ]

    def __str__(self) -> str:
        return self.word
