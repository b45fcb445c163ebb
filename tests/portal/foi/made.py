"""An application typed in by somebody made up."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import make_body

HERE = "/bodies/edu/foi/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PDF = b"%PDF-1.7\n" + b"\0" * 64
PERSON = {
    "name": "欧阳某某",
    "identity_type": "resident",
    "identity_number": "11010519491231002X",
    "phone": "13800001234",
    "address": "某县某路8号",
    "email": "ouyang@example.cn",
}
WANTED = {
    "subject": "2024年义务教育招生工作方案",
    "description": "城区小学",
    "wanted_form": "电子文件",
    "wanted_delivery": "电子邮件",
}
PRIVATE = ("欧阳某某", "11010519491231002X", "13800001234", "某县某路8号", "ouyang@example.cn")


def make_office(**fields):
    """A body that takes requests."""
    return make_body(
        **{"slug": "edu", "name": "测试县教育局", "office": "办公室", "phone": "0000-12345"} | fields
    )


def image(name="id.png", content=PNG):
    return SimpleUploadedFile(name, content)


class Applicant:
    """A browser in which somebody applies, step by step."""

    def __init__(self, client=None):
        self.client = client or Client()
        self.visited = []
        self.here = ""

    def post(self, address, data=None):
        response = self.client.post(address, data or {})
        self.visited += [address, response.headers.get("Location", "")]
        return response

    def begin(self, kind="natural", q=""):
        if q:
            self.post(f"{HERE}apply/", {"q": q})
        response = self.post(f"{HERE}apply/start/", {"kind": kind, "go": "next"})
        self.here = response.headers["Location"].removesuffix("applicant/")
        return self

    @property
    def ref(self):
        return self.here.rstrip("/").rsplit("/", 1)[-1]

    def step(self, name, data=None, **more):
        return self.post(f"{self.here}{name}/", {"go": "next"} | (data or {}) | more)

    def again(self, response):
        """The page a refused form leads to."""
        assert response.headers["Location"].endswith("?again")
        return self.client.get(response.headers["Location"])

    def fill(self, **changed):
        self.step("applicant", PERSON | changed)
        self.step("information", WANTED)
        self.step("files", {"identity": image()})
        return self

    def submit(self):
        return self.step("check")

    def receipt(self):
        return self.client.get(f"{self.here}receipt/")


def applied(**changed):
    """Somebody who has submitted."""
    somebody = Applicant().begin().fill(**changed)
    somebody.submit()
    return somebody
