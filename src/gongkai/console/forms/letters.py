"""Forms of letters: what an officer says for one, its text, what reviewers say, how it is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms

from gongkai.console.forms.base import RecordForm, day_field, text_area, today_field
from gongkai.console.forms.requests import _outcome_choices as outcome_choices
from gongkai.console.letter_choices import CORRECTIONS, OVERRIDE, correctable
from gongkai.foi.acts.overriding import objecting_parties
from gongkai.foi.acts.serving import Posting
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.letter_facts import GIVEN, letter_facts
from gongkai.foi.letter_text import template_of
from gongkai.foi.letters.kinds import Recipient, kind_of
from gongkai.foi.letters.templates import named_in
from gongkai.foi.models import FeeBasis

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.foi.models import Letter

TO_OTHERS = frozenset({Recipient.THIRD_PARTY, Recipient.OTHER_BODY})
WITH_ATTACHMENTS = frozenset({"granted", "partial", "answer_corrected"})
OWN_TERM = "reasonable_term"
"""The one letter whose due day the officer sets himself (条例 art. 35)."""
LONGEST = 5000


class LinesField(forms.CharField):
    """Several items, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=text_area(4), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class WithheldField(LinesField):
    """Parts that are not disclosed: what, why, on what basis, one part a line."""

    def prepare_value(self, value: Any) -> Any:
        """Stored parts as lines."""
        if not isinstance(value, list | tuple):
            return value
        return "\n".join(f"{one['part']}｜{one['reason']}｜{one['basis']}" for one in value)

    def clean(self, value: Any) -> Any:
        """The lines as parts. Raises ValidationError naming the line that lacks something."""
        return [self._part(number, line) for number, line in enumerate(super().clean(value), start=1)]

    @staticmethod
    def _part(number: int, line: str) -> dict[str, str]:
        said = [one.strip() for one in line.replace("|", "｜").split("｜")]
        if len(said) != 3 or not all(said):  # noqa: PLR2004 - part, reason, basis
            message = f"第{number}行不完整，请按“内容｜理由｜依据”填写，三项之间用竖线隔开"
            raise forms.ValidationError(message)
        return dict(zip(("part", "reason", "basis"), said, strict=True))


class Wanted(NamedTuple):
    """Something an officer has to say for a letter."""

    name: str
    label: str
    about: str
    required: bool


def wanted_for(letter: Letter, *, on: dt.date) -> list[Wanted]:
    """What the text names and the case does not know, in the text's order."""
    kind = kind_of(letter.kind)
    known = letter_facts(letter, on=on)
    found: dict[str, Wanted] = {}
    for one in named_in(template_of(kind, letter.request.body)):
        asked = one.field in GIVEN and (
            one.field in letter.facts
            or not getattr(known, one.field)
            or one.field == "withheld"
            or (one.field == "due_on" and kind.key == OWN_TERM)
        )
        if asked:
            found.setdefault(one.field, Wanted(one.field, one.name, one.about, not one.optional))
    if kind.key in WITH_ATTACHMENTS:
        found.setdefault("attachments", Wanted("attachments", "附件名称", "每行一个附件", required=False))
    return list(found.values())


def _fact_field(one: Wanted) -> forms.Field:
    kind = GIVEN[one.name]
    given: dict[str, Any] = {"label": one.label, "required": one.required, "help_text": one.about}
    if "date" in kind:
        return day_field(one.label, required=one.required, help_text=one.about)
    if kind == "int":
        return forms.IntegerField(min_value=1, max_value=100_000, **given)
    if kind == "bool":
        return forms.BooleanField(**{**given, "required": False})
    if kind.startswith("tuple"):
        given["help_text"] = f"{one.about}。每行一项{'：内容｜理由｜依据' if 'Withheld' in kind else ''}"
        return WithheldField(**given) if "Withheld" in kind else LinesField(**given)
    return forms.CharField(max_length=LONGEST, widget=text_area(3), **given)


class LetterForm(RecordForm):
    """What the officer says for a letter; its text is made of that and of the case."""

    amendable = False

    def __init__(self, *args: Any, letter: Letter, on: dt.date, new: bool = True, **kwargs: Any) -> None:
        kwargs["initial"] = {**letter.facts, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.letter, self.kind, self.new = letter, kind_of(letter.kind), new
        if new and self.kind.key in CORRECTIONS:
            self._ask_what_is_corrected()
        if self.kind.recipient in TO_OTHERS:
            self._ask_recipient()
        self.wanted = wanted_for(letter, on=on)
        for one in self.wanted:
            self.fields[one.name] = _fact_field(one)
        if self.kind.fact == "fee_notified":
            self._ask_charge()
        if not new:
            seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
            self.fields["seen"] = seen

    def _ask_what_is_corrected(self) -> None:
        answers = [(str(one.pk), f"{one.number}　{one.title}") for one in correctable(self.letter.request)]
        self.fields["replaces"] = forms.ChoiceField(label="原答复", choices=answers)
        if self.kind.key == "answer_corrected":
            self.fields["outcome"] = forms.ChoiceField(label="更正后的办理结果", choices=outcome_choices())

    def _ask_recipient(self) -> None:
        label = f"主送（{self.kind.recipient.label}）"
        if self.kind.key == OVERRIDE:
            parties = [(one, one) for one in objecting_parties(self.letter.request)]
            self.fields["recipient"] = forms.ChoiceField(label=label, choices=parties)
        else:
            self.fields["recipient"] = forms.CharField(label=label, max_length=200)
        self.fields["recipient"].initial = self.letter.recipient
        if self.kind.recipient is Recipient.THIRD_PARTY:
            person = forms.BooleanField(
                label="收文方是个人", required=False, help_text="个人称“您”，单位称“你单位”"
            )
            self.fields["recipient_is_person"] = person

    def _ask_charge(self) -> None:
        self.fields["basis"] = forms.ChoiceField(label="计收方式", choices=FeeBasis.choices)
        self.fields["quantity"] = forms.IntegerField(label="件数或页数", min_value=1, max_value=1_000_000)
        self.fields["already"] = forms.IntegerField(
            label="本月已计件数",
            required=False,
            min_value=0,
            max_value=100_000,
            help_text="按件计收时，同一申请人本自然月此前的件数",
        )

    def arguments(self) -> dict[str, Any]:
        """The facts apart from whom it is written to and what it corrects."""
        data = super().arguments()
        data.pop("amendment", None)
        said = {name: data.pop(name) for name in ("recipient", "outcome", "seen") if name in data}
        if "replaces" in data:
            chosen = int(data.pop("replaces"))
            said["replaces"] = next(one for one in correctable(self.letter.request) if one.pk == chosen)
        if not data.get("recipient_is_person", True):
            data.pop("recipient_is_person")
        return {"facts": data, **said}


class LetterTextForm(RecordForm):
    """A letter's text under an officer's hands; ``seen`` is the text he had before him."""

    amendable = False

    title = forms.CharField(label="标题", max_length=200)
    text = forms.CharField(
        label="正文",
        max_length=100_000,
        widget=text_area(20),
        help_text="每行一段；以“一、”“（一）”开头的短行是小标题；单独一行的“{{…}}”是表格或者图码，请勿改动",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class SubmitForm(RecordForm):
    """Nothing to say: the letter goes to its reviewers."""

    amendable = False


class OpinionForm(RecordForm):
    """What a reviewer says of a letter."""

    amendable = False

    agrees = forms.TypedChoiceField(
        label="审核结论",
        choices=[("1", "同意"), ("0", "不同意，退回修改")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(
        label="意见", required=False, max_length=2000, widget=text_area(4), help_text="不同意的，必须写明意见"
    )


class SecrecyForm(OpinionForm):
    """The review for secrets says on what basis (条例 art. 17)."""

    basis = forms.CharField(
        label="依据", max_length=200, help_text="例如：依照《中华人民共和国保守国家秘密法》审查，不含国家秘密"
    )


class ReturnForm(RecordForm):
    """The signer does not agree."""

    amendable = False

    opinion = forms.CharField(label="退回意见", max_length=2000, widget=text_area(4))

    def arguments(self) -> dict[str, Any]:
        """Not agreeing."""
        return {"opinion": self.cleaned_data["opinion"], "agrees": False}


class SignForm(RecordForm):
    """The signature, with a word if there is one."""

    amendable = False

    opinion = forms.CharField(label="签发意见", required=False, max_length=2000, widget=text_area(2))


class IssueForm(RecordForm):
    """The day a letter leaves."""

    on = today_field("发出日期")


class DispatchForm(RecordForm):
    """One attempt to serve a letter."""

    ALIASES: ClassVar[dict[str, str]] = {
        "on": "sent_on",
        "served_on": "received_on",
        "served_by": "method",
        "number": "tracking_number",
    }

    method = forms.ChoiceField(
        label="送达方式",
        choices=ServiceMethod.choices,
        initial=ServiceMethod.POST,
        help_text="邮寄以交邮当日为准，直接送达、委托送达以签收当日为准，电子送达在确认到达后以发送当日为准",
    )
    sent_on = today_field("交邮、发送或者交付日期")
    carrier = forms.CharField(
        label="邮政企业或者受托机关",
        required=False,
        max_length=120,
        help_text="邮寄的，应交中国邮政（含EMS）；委托送达的，填写受托的行政机关",
    )
    tracking_number = forms.CharField(label="邮件号", required=False, max_length=60)
    postal_confirmed = forms.BooleanField(label="已确认承运人是邮政企业", required=False)
    paid_by_recipient = forms.BooleanField(label="由收件人付费", required=False)
    received_on = day_field("签收日期", required=False, help_text="已经签收的填写；尚不知道的，以后再登记")
    received_by = forms.CharField(label="签收人", required=False, max_length=60)

    def arguments(self) -> dict[str, Any]:
        """What is said of the posting apart."""
        data = super().arguments()
        posting = Posting(
            postal_confirmed=data.pop("postal_confirmed"), paid_by_recipient=data.pop("paid_by_recipient")
        )
        return {**data, "posting": posting}


class ConfirmForm(RecordForm):
    """The letter arrived."""

    received_on = today_field("签收或者确认到达日期")
    received_by = forms.CharField(label="签收人", required=False, max_length=60)


class FailureForm(RecordForm):
    """The letter came back."""

    amendable = False

    failed_on = today_field("退回日期")
    failure = forms.CharField(
        label="未送达原因", max_length=200, help_text="例如：查无此人、拒收、逾期未领、邮箱退信"
    )
