"""The page of the report check runs in several threads: PDFs are read side by side and come out the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.factories import at

from gongkai.reports.reading.limits import DEFAULT_LIMITS
from gongkai.reports.reading.pdf_survey import survey
from gongkai.typesetting import pdf
from gongkai.typesetting.document import OfficialDocument, Paragraph

pytestmark = pytest.mark.fonts


def test_pdfs_are_looked_through_in_several_threads():
    words = (
        "政府信息公开工作年度报告按照条例第五十条的规定编制，所列数据的统计期限为一月一日至十二月三十一日。"
        * 4
    )
    document = OfficialDocument(issuer="某局", title="年度报告", blocks=(Paragraph(words),))
    data = pdf.render(document, at=at())
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: survey(data, DEFAULT_LIMITS), range(24)))
    assert found == [found[0]] * 24
