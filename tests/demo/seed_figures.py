"""What the real report of 2020 says, typed from it by hand."""

from decimal import Decimal

from gongkai.law.report.formats import FORMAT_2019

NOT_ZERO = {
    "t2.normdoc.total": 7,
    "t2.licence.previous": 14,
    "t2.licence.change": 6,
    "t2.licence.decisions": 1388,
    "t2.other_mgmt.previous": 23,
    "t2.other_mgmt.decisions": 65,
    "t2.penalty.previous": 4,
    "t2.procurement.count": 51,
    "t2.procurement.amount_wan": Decimal("1120.5439"),
    "t3.new.natural": 3,
    "t3.new.total": 3,
    "t3.granted.natural": 3,
    "t3.granted.total": 3,
    "t3.total.natural": 3,
    "t3.total.total": 3,
}
EXPECTED = {str(cell): 0 for cell in FORMAT_2019.cells} | NOT_ZERO

TOLD = {
    "deliveries_website": 619,
    "deliveries_portal": 1566,
    "deliveries_media": 5184,
    "catalogue_level1": 10,
    "catalogue_level2": 34,
    "catalogue_published": 619,
    "consultations": 3,
    "interpretations": 23,
    "key_area": 37,
    "requests_new": 3,
    "overdue": 0,
    "fee_notices": 0,
    "fee_received_yuan": 0,
}
