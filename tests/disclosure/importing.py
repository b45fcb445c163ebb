"""Sources for the tests of imports."""

import datetime as dt
import io
import zipfile

from openpyxl import Workbook

from gongkai.core.actors import SYSTEM
from gongkai.disclosure.importing.acts import open_import, start_import
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.importing.running import run

AT = dt.datetime(2024, 3, 5, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
HEAD = ("信息编号", "标题", "文号", "成文日期", "公开时间", "类别", "正文", "附件")


def now():
    return AT


def line(number, **changes):
    given = {
        "信息编号": str(number),
        "标题": f"关于第{number}号事项的通知",
        "文号": f"青教体〔2023〕{number}号",
        "成文日期": "2023-04-03",
        "公开时间": "2023-04-06 10:00",
        "类别": "通知公告",
        "正文": f"正文{number}",
        "附件": "",
    }
    return given | changes


def table(*lines, head=HEAD, encoding="utf-8"):
    rows = [head, *([one.get(name, "") for name in head] for one in lines)]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)


def workbook(*lines, head=HEAD):
    book = Workbook()
    for row in (("旧网站导出",), head, *([one.get(name, "") for name in head] for one in lines)):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def packed(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def opened(body, content, **given):
    given = {"actor": SYSTEM, "at": AT, "name": "旧站.csv", "origin": "旧站", "content": content} | given
    return open_import(body=body, **given)


def checked(body, content, **given):
    return check(opened(body, content, **given), now=now)


def imported(body, content, *, start=None, **given):
    job = start_import(job=checked(body, content, **given), actor=SYSTEM, at=AT, **(start or {}))
    return run(job, now=now)


def told(job):
    """What was found: (row, column, code, is error)."""
    return list(job.problems.order_by("row", "pk").values_list("row", "column", "code", "is_error"))
