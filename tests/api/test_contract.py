"""The interface keeps what its description says, whatever it is asked: requests made up from the description itself."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.api.made import gone, make_area, make_item
from tests.engagement.made import released
from tests.portal.made import make_document, make_version

import gongkai.api.urls  # noqa: F401 - adds the addresses
from gongkai.api.openapi import schema as description
from gongkai.config.wsgi import application
from gongkai.disclosure.enums import LeavingWay
from gongkai.search.acts import refresh

EXAMPLES = 6
SLUG = "qingyu-jtj"


@pytest.fixture(autouse=True)
def one_connection():
    """A request of the whole server closes what the test still needs, as Django's own client knows."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(body, settings):
    """Something behind every address."""
    settings.GONGKAI_API_RATE = 100_000
    item = make_item(body)
    document = make_document(
        body, title="入学", item=item, key_area=make_area(body), files=[("甲.pdf", b"%PDF")]
    )
    refresh([document.pk])
    released(body)
    make_version(body, year=2023)
    for way in LeavingWay:
        gone(body, way)


def described():
    made = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers={"Host": "localhost"})
    return {one.ok().definition.raw["operationId"]: one.ok() for one in made.get_all_operations()}


NAMES = sorted(one["get"]["operationId"] for one in description()["paths"].values())

ASKED = [
    (name, mode) for name in NAMES for mode in GenerationMode if mode.is_positive or name != "list_fields"
]
"""What takes no parameter can be asked nothing wrong."""


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "mode"), ASKED)
def test_every_answer_is_as_described(world, name, mode):
    operation = described()[name]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def keeps(case):
        # A word that is no cursor of ours, a moment without its zone: refused, though no description can say so.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    keeps()


@pytest.mark.django_db
def test_what_is_there_is_as_described(world):
    """By hand for the addresses whose keys nothing would guess."""
    operations = described()
    for name, keys in (
        ("get_document", {"id": 1}),
        ("list_editions", {"id": 1}),
        ("get_edition", {"id": 1, "number": 1}),
        ("get_body", {"slug": SLUG}),
        ("get_item", {"id": 1}),
        ("get_consultation", {"id": 1}),
        ("get_report", {"slug": SLUG, "year": 2023}),
    ):
        response = operations[name].Case(path_parameters=keys).call_and_validate()
        assert response.status_code in {200, 404}, name
