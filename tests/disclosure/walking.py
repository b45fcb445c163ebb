"""Taking an edition along the way to publication."""

from gongkai.disclosure.acts import publish_edition, review_edition, submit_edition
from gongkai.disclosure.procedure import next_step

BASIS = "保守国家秘密法第十六条"
REVIEWER = {"unit": "unit", "secrecy": "secrecy", "legal": "unit", "sign_off": "signer"}


def submitted(edition, staff, at):
    return submit_edition(edition=edition, actor=staff["drafter"], at=at)


def signed(edition, staff, at):
    edition = submitted(edition, staff, at)
    while (step := next_step(edition)) is not None:
        who = staff[REVIEWER[step]]
        review_edition(edition=edition, step=step, opinion="passed", basis=BASIS, actor=who, at=at)
    edition.refresh_from_db()
    return edition


def published(edition, staff, at):
    return publish_edition(edition=signed(edition, staff, at), actor=staff["drafter"], at=at)
