"""Consultations in every stage, opinions, letters."""

import datetime as dt

from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.models import Consultation

CHINA = dt.timezone(dt.timedelta(hours=8))
OPENS, CLOSES = dt.date(2024, 5, 6), dt.date(2024, 6, 5)
HOME, SCHOOL = "a" * 64, "b" * 64


def noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=CHINA)


DURING = noon(dt.date(2024, 5, 20))


def prepared(body, **more):
    """A consultation on the site, not signed off yet."""
    given = {"title": "学区划分方案", "text": "<p>请提意见</p>", "opens_on": OPENS, "closes_on": CLOSES}
    return acts.open_consultation(body=body, takes_online=True, actor=SYSTEM, **{**given, **more})


def released(body, **more):
    """A consultation the public may write to from its first day on."""
    row = prepared(body, **more)
    return acts.release_consultation(consultation=row, actor=SYSTEM, at=noon(dt.date(2024, 5, 5)))


def said(consultation, text="请增加校车站点", at=DURING, origin=HOME, **more):
    return acts.comment(consultation=consultation, words=acts.Words(text=text, **more), origin=origin, at=at)


def fresh(consultation):
    return Consultation.objects.get(pk=consultation.pk)
