"""机关 · 内设机构/二级机构 · 人员 · 岗位."""

from gongkai.organisations.models.bodies import Body, Unit
from gongkai.organisations.models.officers import Officer, Post
from gongkai.organisations.models.years import YearLock

__all__ = ["Body", "Officer", "Post", "Unit", "YearLock"]
