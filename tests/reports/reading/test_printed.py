"""Pages printed by a browser: its own heads and feet, plain characters written as radicals."""

import pytest

from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import to_transcript
from gongkai.reports.reading.words import fold, tidy

from .papers import Paper, typeset
from .sample import made_up


def test_radicals_are_the_characters_they_look_like():
    assert tidy("⼀、总体情况") == "一、总体情况"
    assert fold("⾏政规范性⽂件⻓⻚⺠") == "行政规范性文件长页民"


@pytest.mark.fonts
@pytest.mark.parametrize("height", ["auto", "12cm"])
def test_heads_and_feet_of_a_browser_are_no_part_of_the_report(height):
    sample = made_up(1, "2021")
    sample = sample.with_(prose={**sample.prose, "overview": "全年工作情况良好，制度健全，渠道畅通。" * 30})
    paper = Paper(
        "printed",
        height=height,
        head=f"2026/2/3 10:23 {sample.title}",
        foot="https://www.linhe.gov.cn/a/1.html",
    )
    report = read(typeset(sample, paper))
    transcript = to_transcript(report)
    assert {key: transcript[key] for key in sample.transcript()} == sample.transcript()
    assert report.sections["overview"] == sample.prose["overview"]
    assert report.sections["other"] == sample.prose["other"]
    assert (report.title, report.published_on) == (sample.title, None)
    assert not any("linhe" in text or "10:23" in text for text in report.sections.values())


@pytest.mark.fonts
def test_a_running_head_goes_but_the_title_stays():
    sample = made_up(3, "2019")
    report = read(typeset(sample, Paper("book", height="14cm", head=sample.title)))
    assert (report.title, report.agency, report.year) == (sample.title, sample.agency, sample.year)
    assert "".join(report.sections.values()).count(sample.title) == 0
