"""The built-in official tables are whole."""

from gongkai.catalogue.reference import compulsory_education, fields


def test_the_26_fields_each_once():
    assert len(fields()) == 26
    assert len({row.code for row in fields()}) == 26
    assert len({row.name for row in fields()}) == 26


def test_compulsory_education_has_10_first_level_and_34_second_level_items():
    counts = {name: len(children) for name, children in compulsory_education().items}
    assert counts == {
        "政策文件": 3,
        "教育概况": 3,
        "民办学校信息": 3,
        "财务信息": 1,
        "招生管理": 5,
        "学生管理": 4,
        "教师管理": 6,
        "重要政策执行情况": 3,
        "教育督导": 3,
        "校园安全": 3,
    }
    assert sum(counts.values()) == 34


def test_every_item_says_what_why_when_where_and_who():
    rows = [row for _, children in compulsory_education().items for row in children]
    assert all(
        row.content and row.basis and row.time_limit and row.channels and row.publisher for row in rows
    )
    assert [row.number for row in rows] == [str(number) for number in range(1, 35)]
    assert {row.time_limit_workdays for row in rows} == {20, None}


def test_no_broken_characters():
    rows = [row for _, children in compulsory_education().items for row in children]
    text = "".join(f"{row.name}{row.content}{row.basis}{row.time_limit}" for row in rows)
    assert "\ufffd" not in text
    assert not set(text) & set("()?\u200b")
