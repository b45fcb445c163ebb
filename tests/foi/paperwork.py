"""Letters for tests: everything between the draft and the signature in one call, with officers of their own."""

import datetime as dt

from django.utils import timezone
from tests.factories import day, make_handler

from gongkai.foi import acts
from gongkai.foi.models import Letter
from gongkai.foi.models.letters import Stage
from gongkai.foi.stages import stages_of

BODY = {
    "office": "县教体局办公室",
    "address": "青屿县文昌路1号",
    "phone": "0000-1234567",
    "review_organ": "青屿县人民政府",
    "court": "青屿县人民法院",
}

FACTS = {
    "clarification": {"clarify": ["请写明年度"], "clarify_by": "2024-03-29"},
    "reasons_request": {"requests_counted": "本月58件", "reasons_by": "2024-03-29"},
    "extension": {"extension_workdays": 10, "extension_reasons": "需要检索历史档案"},
    "reasonable_term": {"delay_reasons": "数量较大", "due_on": "2024-05-31"},
    "fee_notice": {"basis": "by_page", "quantity": 72, "how_to_pay": "县财政专户"},
    "third_party_consultation": {"consulted_content": "中标单位报价"},
    "co_author_consultation": {"consulted_content": "联合发文底稿"},
    "third_party_override": {"disclosed_content": "排污数据", "disclosed_reasons": "关系公共健康"},
    "assistance": {"task": "协助检索2015年档案", "task_due_on": "2024-03-20"},
    "granted": {"provision": ["随本告知书附上复制件"]},
    "denied_internal": {"reasons": "属于内部工作流程"},
    "partial": {
        "provision": ["附件"],
        "withheld": [{"part": "联系电话", "reason": "个人隐私", "basis": "条例第十五条"}],
    },
    "answer_corrected": {"reasons": "引用条款有误", "corrected_text": "改为依照第十六条第二款"},
    "answer_withdrawn": {"reasons": "事实不清", "next_step": "本机关将重新答复"},
    "lapse_no_correction": {},
}
"""What an officer says for each kind; the rest is the case's."""


def moment(on, hour=10):
    """A moment of office hours on a day."""
    return timezone.make_aware(dt.datetime.combine(day(on) if isinstance(on, str) else on, dt.time(hour)))


def ready(request):
    """Give the case's body what its letters must say."""
    type(request.body).objects.filter(pk=request.body_id).update(**BODY)
    request.body.refresh_from_db()
    return request


def draft(request, kind, on, *, actor=None, facts=None, **kw):
    drafter = actor or make_handler(request.body)
    given = {**FACTS.get(kind, {}), **(facts or {})}
    return acts.draft_letter(request=request, kind=kind, facts=given, actor=drafter, at=moment(on), **kw)


def reviewed(letter, on):
    """Submitted, with every opinion but the signature."""
    acts.submit_letter(letter=letter, actor=letter.made_by, at=moment(on))
    reviewer = make_handler(letter.request.body)
    for stage in stages_of(letter.kind):
        if stage != Stage.SIGN:
            acts.give_opinion(
                letter=letter,
                stage=stage,
                agrees=True,
                basis="保守国家秘密法",
                actor=reviewer,
                at=moment(on),
            )
    return Letter.objects.get(pk=letter.pk)


def signed(request, kind, on, **kw):
    letter = reviewed(draft(request, kind, on, **kw), on)
    chief = make_handler(request.body, role="approver")
    return acts.sign_letter(letter=letter, actor=chief, at=moment(on))


def issued(request, kind, on, **kw):
    letter = signed(request, kind, on, **kw)
    actor = make_handler(request.body)
    return acts.issue_letter(letter=letter, on=day(on), actor=actor, at=moment(on))


def posted(letter, on, *, actor=None, at=None, **kw):
    kw = {"carrier": "中国邮政", "tracking_number": "XA123"} | kw
    actor = actor or make_handler(letter.request.body)
    return acts.dispatch_letter(
        letter=letter, method="post", sent_on=day(on), actor=actor, at=at or moment(on), **kw
    )
