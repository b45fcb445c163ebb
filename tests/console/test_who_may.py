"""The table of addresses and officers: who reads, who works, who is turned away."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

pytestmark = pytest.mark.django_db

READERS = ("reader", "handler", "approver", "supervisor", "administrator", "county_supervisor")
"""Who sees the bureau's records."""
HANDLERS = ("handler", "approver")
APPROVERS = ("approver",)
ADMINISTRATORS = ("administrator", "county_admin", "superuser")
OVERSEERS = (*ADMINISTRATORS, "supervisor", "county_supervisor")
EVERYBODY = (
    "reader", "handler", "approver", "supervisor", "administrator", "stranger", "stranger_admin",
    "county_supervisor", "county_admin", "nobody", "superuser",
)  # fmt: skip

LISTS = (
    "requests", "disputes", "documents", "deliveries", "channels", "consultations", "concerns",
    "comments", "faq_entries", "mailbox", "matters", "tallies", "fee_receipts", "procurements", "trainings", "supervisions",
)  # fmt: skip
"""Open to everybody: each sees what is his, be it nothing."""

ADDING = (
    "request_add", "dispute_add", "document_add", "consultation_add", "concern_add", "faq_add", "mailbox_add", "matter_add",
    "fee_receipt_add", "procurement_add", "training_add", "supervision_add", "tally_sheet", "tally_import",
    "tally_template",
)  # fmt: skip
"""For who handles something somewhere, the strangers among them: for their own body."""

READING = {
    "channel": "channel", "delivery": "delivery",
    "request": "waiting", "dispute": "dispute", "document": "document", "edition": "edition",
    "consultation": "consultation", "concern": "concern", "matter": "matter", "comment": "comment",
    "consultation_file": "file", "key_area": "area", "faq_entry": "faq", "mailbox_letter": "mail", "opinions_export": "asked",
}  # fmt: skip
HANDLING = {
    "delivery_send": "edition", "document_channels": "document", "delivery_cancel": "waiting_delivery",
    "delivery_finish": "waiting_delivery",
    "request_receive": "waiting", "request_receipt_correct": "waiting", "request_close": "waiting",
    "request_withdraw": "waiting", "request_lapse": "waiting", "fee_notify": "waiting",
    "fact_cancel": "fact", "fact_supplement": "fact", "decision_correct": "decision",
    "dispute_conclude": "dispute", "dispute_amend": "dispute", "edition_add": "document",
    "document_edit": "document", "document_attribute": "document", "document_plan": "document",
    "edition_publish": "edition", "edition_schedule": "edition", "edition_recheck": "edition", "file_add": "edition",
    "delivery_add": "edition", "matter_cancel": "matter",
    "tally_correct": "tally", "tally_remove": "tally", "fee_receipt_correct": "receipt",
    "fee_receipt_remove": "receipt", "procurement_correct": "purchase", "procurement_remove": "purchase",
    "training_correct": "training", "training_remove": "training",
    "supervision_correct": "supervision", "supervision_remove": "supervision",
    "consultation_closing": "prepared", "question_add": "prepared", "question_drop": "question",
    "consultation_file_add": "prepared", "consultation_file_remove": "file", "group_add": "asked",
    "group_change": "group", "group_drop": "group", "comment_add": "asked", "comment_moderate": "comment",
    "opinions": "asked", "concern_step": "concern", "faq_change": "faq", "mailbox_answer": "mail",
    "mailbox_give": "mail", "mailbox_set_aside": "mail",
}  # fmt: skip
APPROVING = {
    "edition_withdraw": "edition", "document_end": "document", "document_leave": "document",
    "document_reassess": "document",
    "consultation_feedback": "consultation", "concern_answer": "concern",
    "faq_withdraw": "faq", "key_area_rename": "area", "key_area_close": "area",
}  # fmt: skip


def statuses(as_, address, names=EVERYBODY):
    return {name: as_(name).get(address).status_code for name in names}


def expected(allowed, seen_by=EVERYBODY):
    """200 for who may, 403 for who sees but may not, 404 for the rest."""
    return {name: 200 if name in allowed else 403 if name in seen_by else 404 for name in EVERYBODY}


@pytest.mark.parametrize(
    "name",
    [
        *LISTS,
        "desk",
        "catalogues",
        "reports",
        "document_work",
        "interpretations",
        "faults",
        "guides",
        "hand_over_lists",
        "coverage",
    ],
)
def test_a_list_opens_to_whoever_is_signed_in(name, as_, records):
    assert statuses(as_, reverse(f"console:{name}")) == expected(EVERYBODY)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_export_hold_what_is_the_officers(name, as_, records):
    rows = {
        who: as_(who).get(reverse(f"console:{name}")).context["page"].paginator.count for who in EVERYBODY
    }
    assert {who for who, number in rows.items() if number} == set(READERS)


@pytest.mark.parametrize("name", ADDING)
def test_entering_is_for_who_handles(name, as_, records):
    assert statuses(as_, reverse(f"console:{name}")) == expected((*HANDLERS, "stranger"))


@pytest.mark.parametrize("name", ["catalogue_adopt", "key_area_add"])
def test_columns_are_opened_by_who_approves(name, as_, records):
    assert statuses(as_, reverse(f"console:{name}")) == expected((*APPROVERS, "stranger"))


@pytest.mark.parametrize(("name", "record"), READING.items())
def test_a_record_is_read_by_who_sees_its_body_and_is_not_there_for_others(name, record, as_, records):
    address = reverse(f"console:{name}", args=[getattr(records, record).pk])
    assert statuses(as_, address) == expected(READERS, READERS)


@pytest.mark.parametrize(("name", "record"), HANDLING.items())
def test_a_record_is_worked_on_by_its_handlers(name, record, as_, records):
    address = reverse(f"console:{name}", args=[getattr(records, record).pk])
    assert statuses(as_, address) == expected(HANDLERS, READERS)


def test_a_fact_is_recorded_by_handlers(as_, records):
    address = reverse("console:fact_add", args=[records.waiting.pk, "extended"])
    assert statuses(as_, address) == expected(HANDLERS, READERS)
    other = reverse("console:fact_add", args=[records.waiting.pk, "answered"])
    assert statuses(as_, other, HANDLERS) == dict.fromkeys(HANDLERS, 404)


@pytest.mark.parametrize(("name", "record"), APPROVING.items())
def test_what_goes_out_is_let_out_by_who_approves(name, record, as_, records):
    address = reverse(f"console:{name}", args=[getattr(records, record).pk])
    assert statuses(as_, address) == expected(APPROVERS, READERS)


@pytest.mark.parametrize("name", ["bodies", "accounts", "calendars", "log", "chain", "jobs"])
def test_administration_opens_to_who_oversees_something(name, as_):
    allowed = (*OVERSEERS, "stranger_admin")
    assert statuses(as_, reverse(f"console:{name}")) == expected(allowed)


def seen(allowed):
    """404 outside what one oversees, 403 for who oversees nothing at all."""
    found = {}
    for name in EVERYBODY:
        oversees = name in OVERSEERS
        nothing = name not in OVERSEERS and name != "stranger_admin"
        found[name] = 200 if name in allowed else 403 if oversees or nothing else 404
    return found


def test_a_body_is_seen_by_who_oversees_it(as_, bureau):
    assert statuses(as_, reverse("console:body", args=[bureau.pk])) == seen(OVERSEERS)


@pytest.mark.parametrize("name", ["body_edit", "body_add", "unit_add", "account_add", "post_add"])
def test_a_body_is_changed_by_its_administrators(name, as_, bureau):
    assert statuses(as_, reverse(f"console:{name}", args=[bureau.pk])) == seen(ADMINISTRATORS)


def test_channels_are_the_bodys_own_administrators_business(as_, records, bureau):
    own = ("administrator",)
    assert statuses(as_, reverse("console:channel_add", args=[bureau.pk])) == seen(own)
    assert statuses(as_, reverse("console:channel_close", args=[records.channel.pk])) == seen(own)


@pytest.mark.parametrize("name", ["channel_configure", "channel_pause"])
def test_a_channel_is_run_by_the_bodys_own_administrators(name, as_, records):
    address = reverse(f"console:{name}", args=[records.channel.pk])
    assert statuses(as_, address) == expected(("administrator",), READERS)


def test_units_posts_and_accounts_are_their_administrators_business(as_, records, officers):
    handler = officers["handler"]
    pages = {
        reverse("console:unit_edit", args=[records.unit.pk]): ADMINISTRATORS,
        reverse("console:post_end", args=[handler.posts.get().pk]): ADMINISTRATORS,
        reverse("console:account", args=[handler.pk]): OVERSEERS,
        reverse("console:account_edit", args=[handler.pk]): ADMINISTRATORS,
        reverse("console:account_active", args=[handler.pk]): ADMINISTRATORS,
    }
    for address, allowed in pages.items():
        assert statuses(as_, address) == seen(allowed)


def test_the_calendar_is_everybodys_so_the_top_enters_it(as_):
    assert statuses(as_, reverse("console:calendar_enter")) == expected(("county_admin", "superuser"))


POSTS = ("verify", "request_applicant", "account_invite", "delivery_retry", "channel_try", "channel_resume")


@pytest.mark.parametrize("name", POSTS)
def test_what_changes_or_reveals_is_posted(name, as_, records, officers):
    args = {
        "verify": [],
        "request_applicant": [records.waiting.pk],
        "account_invite": [officers["handler"].pk],
        "delivery_retry": [records.delivery.pk],
        "channel_try": [records.channel.pk],
        "channel_resume": [records.channel.pk],
    }
    assert as_("superuser").get(reverse(f"console:{name}", args=args[name])).status_code == 405


def test_every_address_of_the_console_asks_who_is_there(client, records, officers):
    """All of them, found in the table of addresses itself, so that none can be forgotten."""
    found = [
        one
        for pattern in get_resolver("gongkai.console.urls").url_patterns
        for one in getattr(pattern, "url_patterns", [pattern])
    ]
    assert len(found) > 100
    for pattern in found:
        for args in ([], [1], [1, 1], [1, "x"], [1, 1, "x"], [1, "x", 1], [1, "x", "x"]):
            try:
                address = reverse(f"console:{pattern.name}", args=args)
            except NoReverseMatch:
                continue
            for send in (client.get, client.post):
                answer = send(address)
                assert answer.status_code == 302, (pattern.name, answer.status_code)
                assert answer.url.startswith(reverse("account_login")), pattern.name
            break
        else:
            pytest.fail(f"no way to call {pattern.name}")


def test_the_navigation_shows_only_where_one_may_go(as_):
    headings = {
        name: [group.heading for group in as_(name).get(reverse("console:desk")).context["shell"].navigation]
        for name in ("handler", "administrator", "county_supervisor", "superuser")
    }
    records = ["工作", "记录", "账号"]
    oversees = ["工作", "记录", "管理", "账号"]
    assert headings == {
        "handler": records, "administrator": oversees, "county_supervisor": oversees, "superuser": oversees
    }  # fmt: skip
