"""`gongkai check`: what it prints and writes, and how it exits."""

import json
import re

import pytest

from gongkai.cli import main as command
from gongkai.cli.check import CLEAN, FINDINGS, UNREADABLE
from gongkai.law.report.findings import Finding, Severity, Verdict

CLEAN_PROSE = """<p>根据《中华人民共和国政府信息公开条例》规定编制本报告，所列数据的统计期限自2023年1月1日起至2023年12月31日止。</p>
<p>一、总体情况</p><p>（一）主动公开。公开信息20条。（二）依申请公开。收到申请3件。（三）政府信息管理。制度健全。
（四）政府信息公开平台建设。平台运行正常。（五）监督保障。开展培训2次，工作考核合格，社会评议满意，没有责任追究。</p>"""
ROWS = [
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密", "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷",
    "8.属于行政查询事项", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他", "（七）总计",
    "四、结转下年度继续办理",
]  # fmt: skip
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def row(*cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def report(total=3, title="临河区教育局2023年政府信息公开工作年度报告"):
    """A report that is right when ``total`` is 3."""
    filled = {
        ROWS[0]: [3, 0, 0, 0, 0, 0, total],
        ROWS[2]: [3, 0, 0, 0, 0, 0, 3],
        ROWS[23]: [3, 0, 0, 0, 0, 0, 3],
    }
    table3 = row("", *COLUMNS) + "".join(row(label, *filled.get(label, [0] * 7)) for label in ROWS)
    table2 = (
        row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
        + row("规章", 0, 0, 0)
        + row("行政规范性文件", 0, 0, 2)
        + row("信息内容", "本年处理决定数量")
        + row("行政许可", 5)
        + row("信息内容", "本年处理决定数量")
        + row("行政处罚", 0)
        + row("行政强制", 0)
        + row("信息内容", "本年收费金额（单位：万元）")
        + row("行政事业性收费", 0)
    )
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    table4 = row(*results * 3) + row(*[0] * 15)
    return f"""<html><head><title>{title}</title><meta name="PubDate" content="2024-01-20"></head><body><p>{title}</p>{CLEAN_PROSE}
<p>二、主动公开政府信息情况</p><table>{table2}</table><p>三、收到和处理政府信息公开申请情况</p><table>{table3}</table>
<p>四、政府信息公开行政复议、行政诉讼情况</p><table>{table4}</table><p>五、存在的主要问题及改进情况</p>
<p>存在的主要问题是解读形式单一。改进措施是丰富解读形式，加强业务培训；上年的问题已经改进。</p><p>六、其他需要报告的事项</p><p>全年收取信息处理费0元。</p></body></html>"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "right.html").write_text(report(), encoding="utf-8")
    (tmp_path / "wrong.html").write_text(report(total=4), encoding="utf-8")
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    return tmp_path


def run(capsys, *arguments):
    status = command.main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_right_report_exits_with_zero(files, capsys):
    status, out, err = run(capsys, files / "right.html")
    assert (status, err) == (CLEAN, "")
    assert "临河区教育局（政府部门）2023年度政府信息公开工作年度报告，公布日期2024-01-20" in out
    assert "2021年格式（国办公开办函〔2021〕30号）" in out


def test_a_wrong_report_exits_with_one_and_shows_both_values_and_the_place(files, capsys):
    status, out, _ = run(capsys, files / "wrong.html")
    assert status == FINDINGS
    assert re.search(
        r"\[错误 R3\].*\n\s+应为：3　实为：4\n\s+位置：表三“一、本年新收.*（表2 第2行第2列）", out
    )
    assert "办法：" in out


def test_an_unreadable_file_exits_with_two_whatever_the_others_are(files, capsys):
    status, out, err = run(capsys, files / "right.html", files / "scan.png")
    assert status == UNREADABLE
    assert "right.html" in out
    assert "scan.png：这是图片文件" in err


def test_a_file_that_is_not_there(files, capsys):
    status, _, err = run(capsys, files / "none.pdf")
    assert status == UNREADABLE
    assert "找不到" in err


def test_json_of_one_file_is_an_object(files, capsys):
    status, out, _ = run(capsys, files / "wrong.html", "--json")
    told = json.loads(out)
    assert status == FINDINGS
    assert (told["format"], told["year"], told["agency"], told["published_on"]) == (
        "2021",
        2023,
        "临河区教育局",
        "2024-01-20",
    )
    assert told["table2"] == {
        "rules": [0, 0, 0],
        "normdoc": [0, 0, 2],
        "licence": 5,
        "penalty": 0,
        "coercion": 0,
        "fee_wan": 0,
    }
    assert told["table3"]["rows"]["new"] == [3, 0, 0, 0, 0, 0, 4]
    assert told["table4"] == [0] * 15
    assert told["cells"]["t3.new.total"] == {
        "raw": "4",
        "value": 4,
        "standing": "clear",
        "place": "表2 第2行第8列",
        "note": "",
        "unit": "",
    }
    assert told["sections"]["other"] == "全年收取信息处理费0元。"
    assert ("R3", "error", "fail", "3", "4") in [
        (each["rule"], each["severity"], each["verdict"], each["expected"], each["found"])
        for each in told["findings"]
    ]


def test_json_of_several_files_is_a_list_with_the_reasons(files, capsys):
    _, out, _ = run(capsys, files / "right.html", files / "scan.png", "--json")
    told = json.loads(out)
    assert told[0]["year"] == 2023
    assert told[1] == {
        "file": str(files / "scan.png"),
        "error": {"reason": "image", "message": told[1]["error"]["message"]},
    }


def test_json_into_a_file_leaves_the_words_on_stdout(files, capsys):
    _, out, _ = run(capsys, files / "right.html", "--json", files / "out.json")
    assert "结论" in out
    assert json.loads((files / "out.json").read_text("utf-8"))["year"] == 2023


def test_html_of_the_check(files, capsys):
    run(capsys, files / "wrong.html", "--html", files / "out.html")
    page = (files / "out.html").read_text("utf-8")
    assert "一、本年新收政府信息公开申请数量" in page
    assert "rep-finding" in page


def test_html_is_for_one_file_at_a_time(files, capsys):
    status, out, err = run(capsys, files / "right.html", files / "wrong.html", "--html", files / "out.html")
    assert (status, out) == (UNREADABLE, "")
    assert "每次只能检查一份" in err


def test_an_output_that_cannot_be_written(files, capsys):
    status, _, err = run(capsys, files / "right.html", "--json", files / "no" / "out.json")
    assert status == UNREADABLE
    assert "不能写入" in err


def test_quiet_prints_nothing_but_errors(files, capsys):
    assert run(capsys, files / "wrong.html", "--quiet") == (FINDINGS, "", "")


def test_the_report_of_the_year_before_is_compared(files, capsys):
    (files / "before.html").write_text(
        report(title="临河区教育局2022年政府信息公开工作年度报告")
        .replace("2023年", "2022年")
        .replace(
            "行政规范性文件</td><td>0</td><td>0</td><td>2", "行政规范性文件</td><td>0</td><td>0</td><td>9"
        ),
        encoding="utf-8",
    )
    _, out, _ = run(capsys, files / "right.html", "--previous", files / "before.html")
    assert "R6" in out


def test_a_report_of_the_year_before_that_cannot_be_read(files, capsys):
    status, out, err = run(capsys, files / "right.html", "--previous", files / "scan.png")
    assert (status, out) == (UNREADABLE, "")
    assert "上一年度报告" in err


def test_the_level_can_be_told(files, capsys):
    _, out, _ = run(capsys, files / "right.html", "--level", "township")
    assert "（乡镇、街道）" in out


def test_only_errors_and_warnings_count(monkeypatch, files, capsys):
    for severity, verdict, expected in [
        (Severity.NOTICE, Verdict.FAIL, CLEAN),
        (Severity.ERROR, Verdict.UNCERTAIN, CLEAN),
        (Severity.WARNING, Verdict.FAIL, FINDINGS),
        (Severity.ERROR, Verdict.FAIL, FINDINGS),
    ]:
        monkeypatch.setattr(
            "gongkai.cli.check.check", lambda *_, s=severity, v=verdict, **__: (Finding("R1", s, v, "…"),)
        )
        assert run(capsys, files / "right.html")[0] == expected


def test_the_reader_starts_without_the_framework():
    import subprocess
    import sys

    code = "import sys, gongkai.cli.check, gongkai.reports.reading.pdf; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
