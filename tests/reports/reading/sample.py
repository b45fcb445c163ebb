"""A report as plain values, and the texts its form has, for rendering into every kind of file.

Values are in the shape of a transcription; ``None`` stands for a cell left blank.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.law.report.formats import FORMATS, TABLE3_COLUMNS, TABLE4_GROUPS, ReportFormat

COLUMNS = [column.key for column in TABLE3_COLUMNS]
GROUP_OF = {row.key: row.group for fmt in FORMATS.values() for row in fmt.table3}
T4_HEADS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True)
class Sample:
    """Everything a made report says."""

    format: str
    year: int
    agency: str
    table2: dict[str, Any]
    table3: dict[str, list[Any]]
    table4: list[Any]
    prose: dict[str, str] = field(default_factory=dict)

    @property
    def fmt(self) -> ReportFormat:
        return FORMATS[self.format]

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    def transcript(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "year": self.year,
            "agency": self.agency,
            "table2": self.table2,
            "table3": {"columns": COLUMNS, "rows": self.table3},
            "table4": self.table4,
        }

    def with_(self, **changes: Any) -> Sample:
        return replace(self, **changes)


def from_json(data: dict[str, Any]) -> Sample:
    """A sample with the figures of a transcription."""
    return Sample(
        data["format"],
        data["year"],
        data["agency"],
        data["table2"],
        data["table3"]["rows"],
        data["table4"],
        PROSE,
    )


PROSE = {
    "lead": "根据《中华人民共和国政府信息公开条例》规定编制本报告，所列数据的统计期限自当年1月1日起至12月31日止。",
    "overview": "认真贯彻落实条例，主动公开政府信息320条，收到申请12件，均按期答复。",
    "problems": "存在解读形式单一的问题，下一步将丰富解读形式，加强业务培训。",
    "other": "全年收取信息处理费0元，没有其他需要报告的事项。",
}


def made_up(seed: int, format_id: str, *, blanks: bool = False) -> Sample:
    """A consistent report with figures drawn from a seed."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    fmt = FORMATS[format_id]

    def small() -> int:
        return rng.choice([0, 0, 0, 0, 1, 2, 3, 7, 12, 45, 103, 1388])

    rows: dict[str, list[Any]] = {}
    totals = [0] * 6
    for row in fmt.table3:
        if row.key in {"new", "carried_in", "total", "carried_out"}:
            continue
        values = [small() if rng.random() < 0.6 else 0 for _ in range(6)]
        totals = [a + b for a, b in zip(totals, values, strict=True)]
        rows[row.key] = [*values, sum(values)]
    out = [rng.randint(0, 3) for _ in range(6)]
    carried = [rng.randint(0, min(2, t + o)) for t, o in zip(totals, out, strict=True)]
    new = [t + o - c for t, o, c in zip(totals, out, carried, strict=True)]
    rows["total"], rows["carried_out"] = [*totals, sum(totals)], [*out, sum(out)]
    rows["new"], rows["carried_in"] = [*new, sum(new)], [*carried, sum(carried)]
    ordered = {row.key: rows[row.key] for row in fmt.table3}
    table4: list[Any] = []
    for _ in TABLE4_GROUPS:
        four = [small() for _ in range(4)]
        table4 += [*four, sum(four)]
    sample = Sample(
        format_id,
        rng.choice([2019, 2020] if format_id == "2019" else [2021, 2022, 2023, 2024]),
        rng.choice(
            [
                "青川市临河区人民政府",
                "临河区教育局",
                "临河区卫生健康局",
                "临河区东关街道办事处",
                "白石县石桥镇人民政府",
            ]
        ),
        _table2(rng, fmt),
        ordered,
        table4,
        PROSE,
    )
    return _with_blanks(sample, rng) if blanks else sample


def _table2(rng: random.Random, fmt: ReportFormat) -> dict[str, Any]:
    def one() -> int:
        return rng.choice([0, 0, 1, 5, 37, 550, 54408, 11398889])

    if fmt.id == "2021":
        return {
            "rules": [0, 0, rng.randint(0, 80)],
            "normdoc": [one(), one(), one()],
            "licence": one(),
            "penalty": one(),
            "coercion": one(),
            "fee_wan": rng.choice([0, 7730.28, 9.63211, 316441, 59237.2449]),
        }
    amount = rng.choice([0, "1120.5439万元", "477.35万元", "88万元"])
    return {
        "rules": [0, 0, 0],
        "normdoc": [one(), one(), one()],
        "licence": [one(), rng.choice([-3, 0, 6]), one()],
        "other_mgmt": [one(), 0, one()],
        "penalty": [one(), rng.choice([-417, 0, 10]), one()],
        "coercion": [one(), 0, one()],
        "fee": [one(), rng.choice([-1, 0, 1])],
        "procurement": [rng.randint(0, 60), amount],
    }


def _with_blanks(sample: Sample, rng: random.Random) -> Sample:
    """Zeros of the applicant columns left blank, as some offices do; totals stay."""
    rows = {
        key: [
            None if value == 0 and i < 6 and rng.random() < 0.8 else value for i, value in enumerate(values)
        ]
        for key, values in sample.table3.items()
    }
    return sample.with_(table3=rows)
