import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.guard import RULES, Severity, Word, WordList, inspect_text
from gongkai.guard.model import ORDER

from .builders import CARD, ID, PHONE, rules

BLOCK, WARN, NOTICE = Severity


def found(text, **options):
    return [(each.rule, each.severity) for each in inspect_text(text, **options)]


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        (f"王某身份证号{ID}已核", "personal.id_number", BLOCK),
        ("证号１１０１０５１９４９１２３１００２Ｘ。", "personal.id_number", BLOCK),
        ("证号110105 19491231 002X。", "personal.id_number", BLOCK),
        ("证号1101\u200b05194912\u200b31002X。", "personal.id_number", BLOCK),
        ("证号110105194912310021。", "personal.id_number", WARN),
        ("旧证110105491231002号", "personal.id_number", WARN),
        (f"本人手机{PHONE}，", "personal.mobile", BLOCK),
        (f"联系电话：{PHONE}", "personal.mobile", WARN),
        (f"咨询电话：{PHONE}", "personal.mobile", NOTICE),
        ("监督举报电话：0571-87654321", "personal.landline", NOTICE),
        ("联系方式：0571-87654321", "personal.landline", NOTICE),
        ("其家中0571-87654321", "personal.landline", WARN),
        (f"卡{CARD}。", "personal.bank_card", BLOCK),
        ("收款账号：1234567890123", "personal.account", WARN),
        ("车辆浙A12345违停", "personal.plate", BLOCK),
        ("护照号码：E12345678", "personal.passport", BLOCK),
        ("写信给a.b@qq.com", "personal.email", WARN),
        ("写信给jyj@qy.gov.cn", "personal.email", NOTICE),
        ("投诉邮箱：a.b@qq.com", "personal.email", NOTICE),
        ("微信：wx_abc123", "personal.social", WARN),
        ("家庭住址：青屿县海棠路12号3幢402室", "personal.address", BLOCK),
        ("房屋在青屿县临海镇望海村3幢402室", "personal.address", WARN),
        ("出生日期：2012年3月1日", "personal.birth_date", WARN),
        ("学生张小明获奖", "personal.minor", NOTICE),
        ("李某某之子王乐，8岁", "personal.minor", NOTICE),
        ("张小明（男，12周岁）", "personal.minor", NOTICE),
    ],
)
def test_each_rule(text, rule, severity):
    assert (rule, severity) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91110000600037341L",
        "办公地址：青屿县海棠路12号",
        "文号青教〔2024〕12号，2024年12月31日，共123456789元",
        "张小明（男，32岁）",
        "学生某某某获奖，学生应当，学生和家长",
        "编号123456789012345678901234567890",
        "局长李四、副局长王五",
    ],
)
def test_what_is_no_matter(text):
    assert found(text) == []


def test_a_label_in_another_sentence_does_not_excuse_a_number():
    text = f"咨询电话：0571-87654321。张三，手机{PHONE}。咨询电话：12345"
    assert ("personal.mobile", BLOCK) in found(text)


def test_places_are_paragraphs_and_cells():
    html = f"<p>甲</p><p>{ID}</p><table><tr><th>甲<th>乙</tr><tr><td>1<td>{ID}</tr></table>"
    assert [each.place for each in inspect_text(html)] == ["正文第2段", "正文表1第2行第2列"]
    assert inspect_text(f"一\n\n{ID}", place="解读")[0].place == "解读第3行"


def test_numbers_do_not_reach_over_cells_or_paragraphs():
    half = ID[:9], ID[9:]
    assert found(f"<p>{half[0]}</p><p>{half[1]}</p>") == []
    assert found(f"<table><tr><td>{half[0]}</td><td>{half[1]}</td></tr></table>") == []
    assert found(f"<p>{half[0]}<b>{half[1]}</b></p>") == [("personal.id_number", BLOCK)]


def test_what_attributes_say_is_looked_at():
    html = f"<p>甲</p><img src='a' alt='{ID}'><a href='tel:{PHONE}'>打</a>"
    assert {each.place for each in inspect_text(html)} == {"正文图片说明", "正文链接地址"}


def table(heads, *rows):
    cells = "".join(f"<th>{each}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{each}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table><tr>{cells}</tr>{body}</table>"


@pytest.mark.parametrize(
    ("heads", "row", "severity"),
    [
        (["姓名", "身份证号码"], ["张三", "33108119900101"], BLOCK),
        (["姓名", "公民身份号码（18位）"], ["张三", "331081"], BLOCK),
        (["户主姓名", "一卡通账号"], ["张三", "6228480402"], BLOCK),
        (["姓名", "家 庭 住 址"], ["张三", "望海村"], BLOCK),
        (["姓名", "联系电话"], ["张三", PHONE], BLOCK),
        (["姓名", "出生年月"], ["张三", "2012.03"], WARN),
        (["姓名", "学籍号"], ["张三", "20240001"], WARN),
    ],
)
def test_columns_of_personal_data(heads, row, severity):
    (column,) = [each for each in inspect_text(table(heads, row)) if each.rule == "personal.column"]
    assert (column.severity, column.place) == (severity, "正文表1第1行第2列")
    assert "1行没有隐去" in column.message


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["姓名", "身份证号码"], ["张*", "331***********1234"]),
        (["姓名", "身份证号码"], ["张三", ""]),
        (["单位", "账号"], ["青屿县教育局", "1234567890"]),
        (["单位名称", "联系电话"], ["青屿县教育局", "0571-87654321"]),
    ],
)
def test_masked_empty_and_office_columns(heads, row):
    assert "personal.column" not in rules(inspect_text(table(heads, row)), BLOCK, WARN)


def test_telephones_in_tables_by_whose_they_are():
    offices = table(["单位", "联系电话"], ["一小", "0571-87654321"])
    assert found(offices) == [("personal.landline", NOTICE)]
    persons = table(["姓名", "联系电话"], ["张三", "0571-87654321"])
    assert found(persons) == [("personal.landline", WARN)]


def test_lists_of_pupils_are_pointed_out():
    findings = inspect_text(table(["姓名", "班级"], ["张三", "三（1）班"], ["李四", "三（2）班"]))
    assert [(each.rule, each.message) for each in findings] == [
        ("personal.minor", "表格像是学生或儿童的名单（2人）")
    ]


def test_excerpts_never_show_the_whole():
    text = f"申请人张三，身份证{ID}，手机{PHONE}，邮箱zhangsan@qq.com，家庭住址：青屿县海棠路12号3幢402室"
    for finding in inspect_text(text):
        for secret in (ID, PHONE, "zhangsan@", "402室"):
            assert secret not in finding.excerpt
            assert secret not in finding.message


def test_fingerprints_are_stable_when_something_above_changes_and_differ_by_value():
    one = inspect_text(f"<p>证{ID}</p>")[0]
    assert one == inspect_text(f"<p>证{ID}</p>")[0]
    moved = inspect_text(f"<p>新的一段</p><p>证{ID}</p>")[0]
    assert (moved.fingerprint, moved.place) == (one.fingerprint, "正文第2段")
    assert inspect_text(f"<p>证{ID}</p>", place="解读")[0].fingerprint != one.fingerprint
    twice = inspect_text(f"<p>证{ID}</p><p>证{ID}</p>")
    assert len({each.fingerprint for each in twice}) == 2


def test_many_of_a_kind_are_counted_and_the_gravest_come_first():
    rows = "".join(f"<p>手机1380013{n:04}和a{n}@qq.com</p>" for n in range(100))
    findings = inspect_text(rows)
    assert len([each for each in findings if each.rule == "personal.mobile"]) == 40
    assert [each.message for each in findings if each.rule == "personal.more"] == [
        "手机号码还有60处，没有一一列出",
        "电子邮箱还有60处，没有一一列出",
    ]
    order = [ORDER[each.severity] for each in findings]
    assert order == sorted(order)


def test_every_finding_has_a_rule_that_says_what_to_do():
    assert all(rule.message and rule.remedy and rule.name for rule in RULES.values())


WORDS = WordList(
    [
        Word("登陆", replacement="登录", exceptions=("登陆作战", "台风登陆")),
        Word("内部掌握", kind="sensitive"),
        Word("内部"),
        Word("a+b"),
    ]
)


def test_words_and_their_exceptions():
    findings = inspect_text("请登陆系统，台风登陆后内部掌握，内部a+b。", words=WORDS)
    assert [(each.rule, each.severity, each.message) for each in findings] == [
        ("word.sensitive", BLOCK, "敏感词“内部掌握”"),
        ("word.typo", WARN, "不规范的词“登陆”，建议改为“登录”"),
        ("word.typo", WARN, "不规范的词“内部”"),
        ("word.typo", WARN, "不规范的词“a+b”"),
    ]
    assert (len(WORDS), bool(WordList()), list(WordList().hits("x"))) == (4, False, [])


@given(
    st.lists(st.text("甲乙丙*.[a", min_size=1, max_size=4), max_size=12), st.text("甲乙丙*.[a", max_size=30)
)
def test_words_are_found_as_one_by_one_search_finds_them(words, text):
    hits = [(word.word, start) for word, start, _ in WordList(map(Word, words)).hits(text)]
    place, expected = 0, []
    while place < len(text):
        here = [word for word in words if text.startswith(word, place)]
        if here:
            longest = max(here, key=len)
            expected.append((longest, place))
            place += len(longest)
        else:
            place += 1
    assert hits == expected


def id_number(body):
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


ids = st.builds(
    lambda place, year, month, day, order: id_number(f"{place}{year}{month:02}{day:02}{order:03}"),
    st.sampled_from(["110105", "331081", "440305"]),
    st.integers(1930, 2020),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
)
around = st.text("号为甲，。：（）“”_《〔年 \n\t", max_size=6)


@settings(max_examples=150)
@given(ids, around, around, st.sampled_from(["", " ", "-", "\u3000"]), st.booleans())
def test_an_id_number_is_found_whatever_stands_around_it(number, before, after, gap, wide):
    written = gap.join((number[:6], number[6:14], number[14:]))
    if wide:
        written = written.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    assert ("personal.id_number", BLOCK) in found(f"甲{before}{written}{after}乙")


@given(ids, st.sampled_from("0123456789aZ"))
def test_a_longer_number_is_another_number(number, more):
    assert ("personal.id_number", BLOCK) not in found(f"甲{more}{number}乙")


@pytest.mark.parametrize(
    "value",
    [
        "65769.255502029",
        "110105.194912310021",
        "6222021.202010000009",
        "1380013.8000",
        "265769.13800138000",
        "0.13800138000",
    ],
)
def test_a_measured_value_is_no_number_of_a_person_and_breaks_nothing(value):
    assert not [one for one in inspect_text(f"<p>均值{value}万元。</p>") if one.rule.startswith("personal.")]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("110105.19491231.002X", "personal.id_number"),
        ("138.0013.8000", "personal.mobile"),
        ("12.13800138000", "personal.mobile"),
    ],
)
def test_points_between_groups_hide_nothing(written, rule):
    assert rule in [one.rule for one in inspect_text(f"<p>张三 {written}</p>")]


def test_nobody_was_born_in_a_year_far_off():
    assert not [one for one in inspect_text("<p>650769255502029123</p>") if one.rule == "personal.id_number"]
