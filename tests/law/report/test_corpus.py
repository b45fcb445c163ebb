"""The transcribed real reports: every mistake known in their figures is found, and no other error is raised."""

import pytest
from tests.law.report.builders import NO_CORPUS, from_transcript, transcripts

from gongkai.law.report.checks import check
from gongkai.law.report.findings import Severity, problems

needs_corpus = pytest.mark.skipif(not transcripts(), reason=NO_CORPUS)

KNOWN = {
    "changchun_jingkai_culture_edu_2020": ["R11", "R13", "R18"],
    "dongli_edu_2019": ["R11", "R19"],
    "gaoling_admin_2021": ["R10", "R10", "R11"],
    "gucheng_edu_2020": ["R11"],
    "hongze_district_2023": ["R11", "R11", "R14", "R4", "R4"],
    "jinhu_county_2023": ["R4"],
    "jiyuan_edu_sports_2020": ["R11", "R12", "R14"],
    "liwan_nanyuan_street_2020": ["R17"],
    "luofenglu_street_2020": ["R10", "R11"],
    "maiji_edu_2022": ["R13"],
    "pingwu_stats_2021": ["R11"],
    "qianjin_edu_2020": ["R10"],
    "qingshanhu_edu_sports_2020": ["R13"],
    "shanghai_gov_office_2019": ["R10", "R10", "R15", *["R3"] * 11, "R7", "R7", "R7", "R8", "R9"],
    "stats_bureau_61_150_2023": ["R10", "R10", "R11"],
    "unnamed_admin_service_2021": ["R10", "R11", "R15"],
    "wendeng_audit_2020_p9": ["R11"],
    "wendeng_housing_2019": ["R11", "R17", "R19", "R20"],
    "xiashan_edu_2022": ["R13"],
    "yangling_edu_2019": ["R20"],
    "yicheng_edu_2022": ["R11"],
    "zhongyuan_edu_2020": ["R17"],
}
"""The rules that have something to say. Excerpts break off, which R11 notices; their prose is not transcribed."""


@needs_corpus
@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_real_reports(path):
    found = sorted(one.rule for one in problems(check(from_transcript(path))))
    assert found == KNOWN.get(path.stem, [])


@needs_corpus
def test_errors_are_raised_only_where_the_law_is_plainly_broken():
    errors = {
        path.stem: sorted(
            {one.rule for one in problems(check(from_transcript(path))) if one.severity is Severity.ERROR}
        )
        for path in transcripts()
    }
    assert {name: rules for name, rules in errors.items() if rules} == {
        "gaoling_admin_2021": ["R10"],
        "hongze_district_2023": ["R11", "R4"],
        "jinhu_county_2023": ["R4"],
        "luofenglu_street_2020": ["R10"],
        "qianjin_edu_2020": ["R10"],
        "shanghai_gov_office_2019": ["R10", "R3"],
        "stats_bureau_61_150_2023": ["R10"],
        "unnamed_admin_service_2021": ["R10", "R11"],
    }
