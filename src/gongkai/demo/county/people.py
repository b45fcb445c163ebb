"""Who asks in the county: every kind of applicant; the names are nobody's."""

from __future__ import annotations

from gongkai.demo.cases import Person
from gongkai.foi.enums import ApplicantKind

PEOPLE = {
    "甲": Person(ApplicantKind.NATURAL, "申请人甲", "990000199001010011"),
    "乙": Person(ApplicantKind.NATURAL, "申请人乙", "990000198502020022"),
    "丙": Person(ApplicantKind.NATURAL, "申请人丙", "990000197803030033"),
    "丁": Person(ApplicantKind.NATURAL, "申请人丁", "990000199204040044"),
    "戊": Person(ApplicantKind.NATURAL, "申请人戊", "990000196905050055"),
    "己": Person(ApplicantKind.NATURAL, "申请人己", "990000198106060066"),
    "企业一": Person(ApplicantKind.BUSINESS, "演示教育装备有限公司", "99000000MA0DEMO001"),
    "企业二": Person(ApplicantKind.BUSINESS, "演示校车服务有限公司", "99000000MA0DEMO002"),
    "研究": Person(ApplicantKind.RESEARCH, "演示教育研究院", "99000000MA0DEMO003"),
    "公益": Person(ApplicantKind.PUBLIC_GOOD, "演示助学基金会", "99000000MA0DEMO004"),
    "律所": Person(ApplicantKind.LEGAL_SERVICE, "演示律师事务所", "99000000MA0DEMO005"),
    "社团": Person(ApplicantKind.OTHER, "演示业主委员会", "99000000MA0DEMO006"),
}
