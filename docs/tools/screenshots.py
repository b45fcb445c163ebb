"""Make every picture of the manual anew: build the demonstration, serve it, photograph its pages and files.

Run `make screenshots`. Needs Chromium (`apt-get install chromium`), a Chinese font (`fonts-noto-cjk`) and, for the
picture of the Word file, LibreOffice (`libreoffice-writer`). With `--site` and `--out` the pictures are taken from a
demonstration that is already there and served; names after the options take only these pictures.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Report, Standing
from gongkai.reports.reading import read
from gongkai.reports.writing.outputs import OUTPUTS

IMAGES = Path(__file__).resolve().parents[1] / "manual" / "images"
DESKTOP, PHONE = (1200, 800), (390, 844)
TALLEST = 2200  # pixels of a page that a picture shows at most
COLOURS = 256
PASSWORD = "Gongkai-demo-2020"  # noqa: S105 - `gongkai demo` prints it; it opens nothing elsewhere
LARGEST = 250_000  # bytes
START_SECONDS = 60
PAGE_WIDTH = 600  # pixels of a page of a printed document
SEED = "/bodies/demo-education-sports/reports/2020/"
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--lang=zh-CN",
]


@dataclass(frozen=True)
class Shot:
    """A picture of a page: where it is, who looks at it how, and what is done before the shutter."""

    name: str
    path: str
    account: str = ""
    size: tuple[int, int] = DESKTOP
    appearance: str = "standard"
    prepare: Callable[[Page, Path], None] | None = None
    element: str = ""
    height: int = TALLEST


def follow(name: str) -> Callable[[Page, Path], None]:
    """Go on by the link of this name in the matter of the page."""

    def go(page: Page, _files: Path) -> None:
        page.locator("main").get_by_role("link", name=name).first.click()

    return go


def unfold(name: str, summary: str) -> Callable[[Page, Path], None]:
    """The same, then open what is folded away under this heading."""

    def go(page: Page, files: Path) -> None:
        follow(name)(page, files)
        page.locator(f"summary:has-text('{summary}')").click()

    return go


def show_cell(year: int, cell: str) -> Callable[[Page, Path], None]:
    """From the list of reports to the records behind a figure."""

    def go(page: Page, files: Path) -> None:
        open_report(year)(page, files)
        page.goto(page.url.rstrip("/") + f"/cells/{cell}/")

    return go


def open_report(year: int, page_below: str = "") -> Callable[[Page, Path], None]:
    """From the list of reports to the workbench of a year, or a page below it."""

    def go(page: Page, _files: Path) -> None:
        page.get_by_role("row").filter(has_text=str(year)).get_by_role("link").first.click()
        if page_below:
            page.goto(page.url.rstrip("/") + f"/{page_below}/")

    return go


def explained_policy(page: Page, _files: Path) -> None:
    """From the policy library to the newest paper that has an interpretation."""
    page.locator(".line:has(.line__below) .entry__title").first.click()


def then(*steps: Callable[[Page, Path], None]) -> Callable[[Page, Path], None]:
    """One after the other."""

    def go(page: Page, files: Path) -> None:
        for step in steps:
            step(page, files)

    return go


def check_sample(page: Page, files: Path) -> None:
    """Upload the report with mistakes."""
    page.locator("input[type=file]").first.set_input_files(files / "sample.docx")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_selector("#verdict")


def open_case(number: str, code: str) -> Callable[[Page, Path], None]:
    """Look up a case of the demonstration as its applicant would."""

    def go(page: Page, _files: Path) -> None:
        page.locator("#id_number").fill(number)
        page.locator("#id_code").fill(code)
        page.get_by_role("button", name="查询", exact=True).click()
        page.wait_for_selector(".foi-case")

    return go


def begin_application(page: Page, _files: Path) -> None:
    """From the search to the questions about the applicant."""
    page.get_by_role("link", name="开始填写申请").click()
    page.locator("input[name=kind]").first.check()
    page.get_by_role("button", name="下一步", exact=True).click()
    page.wait_for_selector("#id_identity_number")


FOI = "/bodies/demo-county-education/foi/"
SHOTS = (
    Shot("channels", "/console/documents/channels/", account="county-admin"),
    Shot("channel", "/console/documents/channels/", account="county-admin", prepare=follow("市集约化平台")),
    Shot(
        "channel-paused",
        "/console/documents/channels/",
        account="county-admin",
        prepare=follow("青屿教育体育微博"),
        height=1250,
    ),
    Shot(
        "delivery",
        "/console/documents/deliveries/?state=failed_permanent",
        account="county-handler",
        prepare=follow("市集约化平台"),
    ),
    Shot("portal-home", "/"),
    Shot("portal-body", "/bodies/demo-county-education/", height=1500),
    Shot("portal-statutory", "/bodies/demo-county-education/statutory/", height=1400),
    Shot("portal-policies", "/policies/", height=1200),
    Shot("portal-document", "/policies/", prepare=explained_policy),
    Shot("portal-document-phone", "/policies/", size=PHONE, prepare=explained_policy, height=1700),
    Shot("portal-open-data", "/open-data/", height=1500),
    Shot(
        "portal-subscribe-phone",
        "/policies/",
        size=PHONE,
        prepare=then(explained_policy, follow("有变化时发邮件告诉我")),
        height=1250,
    ),
    Shot("portal-report", SEED),
    Shot("portal-report-phone", SEED, size=PHONE, height=1900),
    Shot("portal-report-elder", SEED, appearance="elder", height=1600),
    Shot("portal-report-contrast", SEED, appearance="contrast", height=1600),
    Shot("portal-check", "/report-check/"),
    Shot("portal-check-result", "/report-check/", prepare=check_sample),
    Shot("portal-check-phone", "/report-check/", size=PHONE, prepare=check_sample, height=1900),
    Shot(
        "portal-check-tables",
        "/report-check/",
        prepare=check_sample,
        element="[aria-labelledby=rebuilt]",
        height=1900,
    ),
    Shot("portal-check-rules", "/report-check/rules/", height=1200),
    Shot("portal-guide", FOI, height=1900),
    Shot("portal-apply-phone", f"{FOI}apply/", size=PHONE, prepare=begin_application, height=1300),
    Shot(
        "portal-track-phone",
        f"{FOI}track/",
        size=PHONE,
        prepare=open_case("2026-0004", "DEMQY-44444"),
        height=1500,
    ),
    Shot(
        "portal-deadline",
        "/deadline/?channel=online&day=2025-09-25&third=2025-10-09&third_got=2025-10-13&third_back=2025-10-20",
        height=1600,
    ),
    Shot("sign-in", "/accounts/login/"),
    Shot("desk", "/console/", account="county-handler"),
    Shot("reports", "/console/reports/", account="county-handler"),
    Shot("report-workbench", "/console/reports/", account="county-handler", prepare=open_report(2025)),
    Shot(
        "report-cell",
        "/console/reports/",
        account="county-handler",
        prepare=show_cell(2025, "t3.granted.natural"),
    ),
    Shot(
        "report-adjusted",
        "/console/reports/",
        account="county-handler",
        prepare=show_cell(2025, "t2.normdoc.in_force"),
    ),
    Shot(
        "report-section",
        "/console/reports/",
        account="county-handler",
        prepare=open_report(2025, "sections/overview"),
    ),
    Shot(
        "report-problems",
        "/console/reports/",
        account="county-handler",
        prepare=open_report(2025, "problems"),
        height=1500,
    ),
    Shot("requests", "/console/requests/", account="county-handler", height=1300),
    Shot("request-add", "/console/requests/add/", account="county-handler", height=1700),
    Shot("request", "/console/requests/", account="county-handler", prepare=follow("2026-0004")),
    Shot(
        "request-days",
        "/console/requests/",
        account="county-handler",
        prepare=unfold("2025-0008", "逐日计算"),
        element="details:has-text('逐日计算')",
        height=1560,
    ),
    Shot("disputes", "/console/disputes/", account="county-handler", height=1000),
    Shot("documents", "/console/documents/", account="county-handler", height=1100),
    Shot("publishing-work", "/console/documents/work/", account="county-handler", height=1100),
    Shot(
        "publishing-edition",
        "/console/documents/work/",
        account="county-handler",
        prepare=follow("关于公布校车服务单位名单的通知"),
        height=1100,
    ),
    Shot(
        "document",
        "/console/documents/?kind=policy",
        account="county-approver",
        prepare=follow("学校招生入学工作的意见"),
    ),
    Shot(
        "publishing-compare",
        "/console/documents/?kind=policy",
        account="county-handler",
        prepare=then(follow("学校招生入学工作的意见"), follow("第2版"), follow("与第1版比较")),
    ),
    Shot("import-add", "/console/documents/imports/add/", account="county-handler", height=1500),
    Shot(
        "import-checked",
        "/console/documents/imports/",
        account="county-handler",
        prepare=follow("旧网站公开信息导出"),
        height=1400,
    ),
    Shot("catalogues", "/console/catalogues/", account="county-handler", height=1100),
    Shot(
        "catalogue",
        "/console/catalogues/",
        account="county-approver",
        prepare=follow("青屿县义务教育领域基层政务公开标准目录"),
        height=1500,
    ),
    Shot(
        "catalogue-item",
        "/console/coverage/items/?state=overdue",
        account="county-handler",
        prepare=follow("教师招聘"),
        height=1400,
    ),
    Shot(
        "coverage-body",
        "/console/coverage/",
        account="county-handler",
        prepare=follow("县教育体育局"),
        height=1500,
    ),
    Shot("coverage-phone", "/console/coverage/", account="county-supervisor", size=PHONE, height=1560),
    Shot("portal-consultation", "/consultations/?stage=open", prepare=follow("课后服务"), height=1100),
    Shot("portal-questions-phone", "/questions/", size=PHONE, height=1200),
    Shot(
        "consultation",
        "/console/engagement/consultations/?state=waiting",
        account="county-approver",
        prepare=follow("体育场地"),
        height=1700,
    ),
    Shot("mailbox", "/console/engagement/mailbox/", account="county-handler", height=900),
    Shot("matters", "/console/ledgers/matters/", account="county-handler", height=1000),
    Shot("tally-sheet", "/console/ledgers/tallies/sheet/", account="county-handler"),
    Shot("tally-import", "/console/ledgers/tallies/import/", account="county-handler"),
    Shot("body", "/console/bodies/", account="county-admin", prepare=follow("青屿县教育体育局"), height=1500),
    Shot("officers", "/console/officers/", account="county-admin", height=800),
    Shot("calendars", "/console/calendars/", account="county-admin", height=1100),
    Shot("log", "/console/log/", account="county-admin", height=1100),
    Shot("log-chain", "/console/log/chain/", account="county-admin", height=800),
)


def main() -> int:
    """Take the pictures asked for, all without names; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", help="address of a served demonstration, e.g. http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, help="folder with the files its `gongkai demo` wrote")
    parser.add_argument("names", nargs="*", help="names of pictures; all when none is given")
    args = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if args.site:
            take(args.site, args.out or Path("out"), place, args.names)
        else:
            with served(place) as site:
                take(site, place / "out", place, args.names)
    return 0


@contextlib.contextmanager
def served(place: Path) -> Iterator[str]:
    """A fresh demonstration on a free port of this machine, gone afterwards."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DATABASE_"))
    }
    environment |= {"GONGKAI_DATA_DIR": str(place / "var"), "GONGKAI_LOG_LEVEL": "WARNING"}
    gongkai = [sys.executable, "-m", "gongkai.cli.main"]
    subprocess.run([*gongkai, "demo", "--no-serve", "--out", str(place / "out")], env=environment, check=True)  # noqa: S603 - our own command
    address = f"127.0.0.1:{free_port()}"
    environment["GONGKAI_SITE_ADDRESS"] = f"http://{address}"  # without it nobody can subscribe
    server = subprocess.Popen([*gongkai, "serve", "--bind", address, "--workers", "1"], env=environment)  # noqa: S603 - our own command
    try:
        wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return when the address answers. Raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    message = f"{address} does not answer"
    raise TimeoutError(message)


def take(site: str, files: Path, place: Path, names: list[str]) -> None:
    """The pages, then the printed files."""
    shutil.copyfile(next(files.glob("*.docx")), place / "report.docx")
    shutil.copyfile(next(files.glob("*.pdf")), place / "report.pdf")
    write_sample(next(files.glob("*.html")), place / "sample.docx")
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        for shot in wanted:
            save(shot.name, photograph(browser, site, shot, place))
        browser.close()
    for name, document in (("report-pdf", pdf_of_pdf), ("report-docx", pdf_of_docx)):
        if not names or name in names:
            save(name, sheet(document(place)))


def chromium() -> str:
    """The browser the system installed. Raises FileNotFoundError."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium: apt-get install chromium"
        raise FileNotFoundError(message)
    return found


def photograph(browser: Browser, site: str, shot: Shot, files: Path) -> Image.Image:
    """Open the page as the reader of the picture would, and take it."""
    width, height = shot.size
    scale = 2 if shot.size == PHONE else 1
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, base_url=site, locale="zh-CN"
    )
    context.add_cookies([{"name": "gongkai_appearance", "value": shot.appearance, "url": site}])
    page = context.new_page()
    if shot.account:
        sign_in(page, shot.account)
    answer = page.goto(shot.path)
    if answer is None or not answer.ok:
        message = f"{shot.name}: {shot.path} answers {answer.status if answer else 'nothing'}"
        raise RuntimeError(message)
    if shot.prepare is not None:
        shot.prepare(page, files)
    picture = _picture(page, shot)
    context.close()
    return picture


def _picture(page: Page, shot: Shot) -> Image.Image:
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    if shot.element:
        part = Image.open(BytesIO(page.locator(shot.element).first.screenshot()))
        return part.crop((0, 0, part.width, min(part.height, shot.height)))
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = FloatRect(x=0, y=0, width=shot.size[0], height=min(whole, shot.height))
    return Image.open(BytesIO(page.screenshot(full_page=True, clip=clip)))


def sign_in(page: Page, account: str) -> None:
    """As an account of the demonstration."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/console/**")


def write_sample(source: Path, target: Path) -> None:
    """The demonstration's report as a careless office would have sent it: three figures that cannot stand."""
    target.write_bytes(OUTPUTS["docx"].render(spoilt(read(source)), at=dt.datetime.now(dt.UTC)))


def spoilt(report: Report) -> Report:
    """A total that does not follow from its row, one against another table of the form, one against the prose."""
    wrong = {
        Cell(3, "new", "total"): Figure(4, Standing.CLEAR, raw="4"),
        Cell(4, "review", "total"): Figure(1, Standing.CLEAR, raw="1"),
        Cell(2, "normdoc", "total"): Figure(8, Standing.CLEAR, raw="8"),
    }
    return report.with_(figures={**report.figures, **wrong})


def pdf_of_pdf(place: Path) -> Path:
    """The PDF file as it was written."""
    return place / "report.pdf"


def pdf_of_docx(place: Path) -> Path:
    """The Word file as LibreOffice prints it. Raises FileNotFoundError."""
    office = shutil.which("soffice")
    if office is None:
        message = "no LibreOffice: apt-get install libreoffice-writer"
        raise FileNotFoundError(message)
    into = place / "printed"
    profile = f"-env:UserInstallation=file://{place}/office"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(into),
        str(place / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command
    return into / "report.pdf"


def sheet(document: Path, most: int = 4) -> Image.Image:
    """The first pages of a PDF side by side, two in a row, on grey."""
    pages = pypdfium2.PdfDocument(document)
    pictures = [
        pages[number].render(scale=PAGE_WIDTH / pages[number].get_width()).to_pil()
        for number in range(min(most, len(pages)))
    ]
    width, height, gap = pictures[0].width, pictures[0].height, 16
    rows = (len(pictures) + 1) // 2
    whole = Image.new("RGB", (2 * width + 3 * gap, rows * (height + gap) + gap), "#c9c9c9")
    for number, picture in enumerate(pictures):
        whole.paste(picture, (gap + number % 2 * (width + gap), gap + number // 2 * (height + gap)))
    return whole


def save(name: str, picture: Image.Image) -> None:
    """As a small PNG. Raises ValueError when it is larger than the manual should carry."""
    target = IMAGES / f"{name}.png"
    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.name}  {picture.width}x{picture.height}  {size // 1000} kB")
    if size > LARGEST:
        message = f"{target.name} has {size} bytes, more than {LARGEST}: show less of the page"
        raise ValueError(message)


if __name__ == "__main__":
    sys.exit(main())
