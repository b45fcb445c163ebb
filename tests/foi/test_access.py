import pytest
from tests.factories import at, make_applicant, make_body, make_handler, make_request, refused

from gongkai.audit.models import Entry
from gongkai.foi.acts import view_applicant

pytestmark = pytest.mark.django_db


def test_every_look_at_an_applicant_is_recorded():
    body = make_body()
    officer = make_handler(body)
    request = make_request(body, applicant=make_applicant(body, phone="13800138000"))

    assert view_applicant(request=request, actor=officer, at=at()).phone == "13800138000"
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.target_id) == ("foi.view_applicant", officer, str(request.pk))


@pytest.mark.parametrize("role", ["reader", "supervisor", "administrator"])
def test_who_does_not_handle_the_case_sees_nothing(role):
    request = make_request()
    officer = make_handler(request.body, role=role)

    with refused("not_permitted"):
        view_applicant(request=request, actor=officer, at=at())
