"""What an applicant can do in his own case. Each is an act of ``foi``; here are its words, its form, its call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.core.errors import Obstacle
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.enums import FactKind
from gongkai.portal.foi.files import Upload
from gongkai.portal.foi.standing import has

if TYPE_CHECKING:
    from gongkai.foi.models import Request


class NoForm(forms.Form):
    """Nothing to fill in."""

    use_required_attribute = False


def _words(
    label: str, longest: int, required: str, help_text: str = "", *, lines: int = 6
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput(),
        error_messages={"required": required, "max_length": f"最多{longest}个字，请写短一些。"},
    )


class ReplyForm(NoForm):
    """The clarification asked for."""

    text = _words("补正的内容", 4000, "", "照补正告知书的要求写。也可以上传材料代替或者补充。")
    late_reason = _words("逾期补正的原因", 200, "", "在补正期限以内的不用填。", lines=3)


class ReasonForm(NoForm):
    """Why the request is withdrawn; nobody has to say."""

    reason = _words("撤回的原因", 200, "", "可以不写。", lines=3)
    sure = forms.BooleanField(
        label="我确认撤回这件申请，本机关不再办理",
        error_messages={"required": "请先勾选确认。"},
    )


class CorrectionForm(NoForm):
    """条例 art. 41: information about oneself that is wrong, and the evidence."""

    information = _words(
        "哪条信息不对", 300, "请写明需要更正的信息。", "信息的名称，和不准确的地方。", lines=3
    )
    wanted = _words("应当更正为", 2000, "请写明正确的内容。", lines=4)
    evidence = _words(
        "证据", 2000, "请说明有什么证据。", "写明证据是什么，例如登记证书、判决书；可以上传照片。", lines=4
    )


class ProposalForm(NoForm):
    """条例 art. 44: that information be made public to all."""

    text = _words("建议主动公开的信息和理由", 500, "请写明建议公开哪些信息。")


class Doing:
    """One thing to do: its words, when it is possible, and the act behind it."""

    key = ""
    label = ""
    about = ""
    button = ""
    form: type[forms.Form] = NoForm
    takes_files = False

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """What stands against it now."""
        raise NotImplementedError

    def is_wanted(self, case: Request) -> bool:  # noqa: ARG002 - most are never wanted
        """Whether the office waits for it."""
        return False

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:
        """Do it. Raises RefusedError."""
        raise NotImplementedError


class Confirm(Doing):
    """Art. 31: receipt is the day both sides have confirmed."""

    key = "confirm"
    label = "确认已提交申请"
    about = "您在这里确认，本机关也确认以后，那一天就是收到申请之日，从次日起计算答复期限（条例第三十一条）。"
    button = "我确认"

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """Received or confirmed already."""
        return acts.why_not_confirm(case, actor=applicant_of(case), at=at)

    def is_wanted(self, case: Request) -> bool:
        """Nothing runs before."""
        return case.received_on is None

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:  # noqa: ARG002
        """See ``acts.confirm_receipt``."""
        acts.confirm_receipt(request=case, actor=applicant_of(case), at=at)


class Reply(Doing):
    """Art. 30."""

    key = "clarify"
    label = "提交补正"
    about = "按照补正告知书的要求补充说明。收到补正以后，答复期限重新计算（条例第三十条）。"
    button = "提交补正"
    form = ReplyForm
    takes_files = True

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """No notice, or answered already."""
        return acts.why_not_reply(case, actor=applicant_of(case), at=at)

    def is_wanted(self, case: Request) -> bool:
        """The clock stands still until it comes."""
        return has(case, FactKind.CLARIFICATION_NOTIFIED)

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:
        """See ``acts.reply_to_clarification``."""
        acts.reply_to_clarification(
            request=case,
            text=data["text"],
            files=files,
            actor=applicant_of(case),
            at=at,
        )


class Withdraw(Doing):
    """The request is taken back."""

    key = "withdraw"
    label = "撤回申请"
    about = "撤回以后，本机关不再办理这件申请。以后需要，可以重新申请。"
    button = "撤回申请"
    form = ReasonForm

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """Closed already."""
        return acts.why_not_withdraw_own(case, actor=applicant_of(case), at=at)

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:  # noqa: ARG002
        """See ``acts.withdraw_own``."""
        acts.withdraw_own(request=case, reason=data["reason"], actor=applicant_of(case), at=at)


class Correct(Doing):
    """Art. 41."""

    key = "correct"
    label = "要求更正与自己有关的信息"
    about = "有证据证明本机关提供的、与您自己有关的信息记录不准确的，可以要求更正（条例第四十一条）。"
    button = "提交更正要求"
    form = CorrectionForm
    takes_files = True

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """Nothing was given yet."""
        return acts.why_not_ask_correction(case, actor=applicant_of(case), at=at)

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:
        """See ``acts.ask_correction``."""
        acts.ask_correction(
            request=case,
            files=files,
            actor=applicant_of(case),
            at=at,
            **data,
        )


class Propose(Doing):
    """Art. 44."""

    key = "propose"
    label = "建议主动公开"
    about = "认为这项信息应当向社会主动公开的，可以提出建议（条例第四十四条）。"
    button = "提交建议"
    form = ProposalForm

    def why_not(self, case: Request, at: dt.datetime) -> list[Obstacle]:
        """Nothing to propose yet."""
        return acts.why_not_propose(case, actor=applicant_of(case), at=at)

    def perform(self, case: Request, data: Mapping[str, Any], files: list[Upload], at: dt.datetime) -> None:  # noqa: ARG002
        """See ``acts.propose_disclosure``."""
        acts.propose_disclosure(request=case, text=data["text"], actor=applicant_of(case), at=at)


DOINGS: dict[str, Doing] = {one.key: one for one in (Confirm(), Reply(), Correct(), Propose(), Withdraw())}
