"""`gongkai import`: checks, imports, tells, goes on."""

import pytest
from tests.disclosure.importing import line, table

from gongkai.cli import framework, import_
from gongkai.cli.main import main
from gongkai.disclosure.importing import running
from gongkai.disclosure.models import Document, ImportJob

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def started(monkeypatch):
    for name in ("start_framework", "require_database"):
        monkeypatch.setattr(import_, name, lambda **_given: None)
    assert framework


@pytest.fixture
def source(tmp_path, body):
    def write(*lines, name="旧站.csv"):
        path = tmp_path / name
        path.write_bytes(table(*lines))
        return str(path)

    return write


def test_a_table_with_files(source, tmp_path, capsys):
    (tmp_path / "甲.txt").write_text("附件")
    status = main(
        ["import", source(line(1, 附件="甲.txt"), line(2)), "--files", str(tmp_path), "--origin", "旧站"]
    )
    told = capsys.readouterr().out
    assert (status, Document.objects.count()) == (0, 2)
    assert "导入编号" in told
    assert "已完成：新导入 2，更新 0，以前已导入 0" in told
    assert (
        main(
            ["import", source(line(1, 附件="甲.txt"), line(2)), "--files", str(tmp_path), "--origin", "旧站"]
        )
        == 0
    )
    assert "以前已导入 2" in capsys.readouterr().out


def test_a_check_with_errors_writes_a_report_and_imports_nothing(source, tmp_path, capsys):
    report = tmp_path / "r.xlsx"
    assert main(["import", source(line(1), line(2, 标题="")), "--check", "--report", str(report)]) == 1
    assert "第3行“标题”：名称不能为空（请填写文件名称）" in capsys.readouterr().out
    assert (report.read_bytes()[:2], Document.objects.count()) == (b"PK", 0)
    assert main(["import", source(line(1)), "--check", "--report", str(tmp_path / "no" / "r.xlsx")]) == 0
    assert "不能写入" in capsys.readouterr().err


def test_wrong_rows_are_refused_or_skipped(source, capsys):
    path = source(line(1), line(2, 标题=""))
    assert main(["import", path]) == 2
    assert "有1行有错误" in capsys.readouterr().err
    assert main(["import", "--resume", str(ImportJob.objects.get().pk), "--skip-wrong"]) == 0
    assert Document.objects.count() == 1


def test_an_interrupted_import_says_how_to_go_on(source, monkeypatch, capsys):
    monkeypatch.setattr(running, "BATCH", 1)
    enter = running.enter

    def interrupted(job, batch, at):
        if job.position == 1:
            raise KeyboardInterrupt
        enter(job, batch, at)

    with monkeypatch.context() as patch:
        patch.setattr(running, "enter", interrupted)
        assert main(["import", source(line(1), line(2))]) == 130
    job = ImportJob.objects.get()
    assert (job.state, job.position, f"--resume {job.pk}" in capsys.readouterr().err) == ("stopped", 1, True)
    assert main(["import", "--resume", str(job.pk)]) == 0
    assert Document.objects.count() == 2
    assert main(["import", "--resume", str(job.pk)]) == 2
    assert "已完成" in capsys.readouterr().err
    assert main(["import", "--list"]) == 0
    assert "旧站.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请写明要导入的文件或网址"),
        (["没有.csv"], "不能打开“没有.csv”"),
        (["{}", "--files", "没有"], "没有“没有”这个目录或压缩包"),
        (["{}", "--kind", "诗歌"], "没有“诗歌”这个类别"),
        (["{}", "--map", "甲=诗歌"], "没有这样的字段：诗歌"),
        (["{}", "--as", "nobody"], "没有账号“nobody”"),
        (["{}", "--body", "nobody"], "没有这个机关"),
        (["--resume", "999"], "没有编号为 999 的导入"),
        (["http://127.0.0.1/feed"], "内部网络"),
    ],
)
def test_what_is_refused_is_said(source, arguments, said, capsys):
    path = source(line(1))
    assert main(["import", *(one.format(path) for one in arguments)]) == 2
    assert said in capsys.readouterr().err


def test_an_officer_may_be_named_and_must_be_allowed(source, appointed, capsys):
    handler, approver = appointed("handler"), appointed("approver")
    assert main(["import", source(line(1)), "--as", handler.username]) == 2
    assert "没有“审核签发”权限" in capsys.readouterr().err
    assert main(["import", source(line(1)), "--as", approver.username, "--kind", "通知公告", "--revise"]) == 0
    job = ImportJob.objects.first()
    assert (job.started_by, job.default_kind, job.on_change) == (approver, "notice", "revise")
