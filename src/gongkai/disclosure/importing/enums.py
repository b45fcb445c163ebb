"""What an import reads, what it does with rows that changed, and how far it is."""

from django.db.models import TextChoices


class ImportKind(TextChoices):
    """Where the rows come from."""

    TABLE = "table", "表格"
    FEED = "feed", "网站订阅"


class OnChange(TextChoices):
    """What becomes of a row that was imported before and reads otherwise now."""

    REPORT = "report", "只报告，不改动"
    REVISE = "revise", "发布为新版本"


class JobState(TextChoices):
    """The life of an import."""

    NEW = "new", "等待检查"
    CHECKING = "checking", "检查中"
    CHECKED = "checked", "检查完毕，待导入"
    RUNNING = "running", "导入中"
    STOPPED = "stopped", "已停止，可继续"
    FAILED = "failed", "中断，可继续"
    DONE = "done", "已完成"
    DISCARDED = "discarded", "已放弃"


S = JobState
JOB_MOVES: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.CHECKING, S.DISCARDED}),
    S.CHECKING: frozenset({S.CHECKING, S.CHECKED, S.NEW, S.DISCARDED}),
    S.CHECKED: frozenset({S.CHECKING, S.RUNNING, S.DISCARDED}),
    S.RUNNING: frozenset({S.RUNNING, S.STOPPED, S.FAILED, S.DONE}),
    S.STOPPED: frozenset({S.RUNNING, S.DISCARDED}),
    S.FAILED: frozenset({S.RUNNING, S.DISCARDED}),
    S.DONE: frozenset(),
    S.DISCARDED: frozenset(),
}
"""Which state may follow which; CHECKING and RUNNING follow themselves when a run that was killed is taken up again."""
