"""What people do: newspapers, gazettes, broadcasts, press conferences, notice boards, another site's column."""

from __future__ import annotations

from gongkai.channels.kinds.base import Kind


class Printed(Kind):
    """What is printed, said or broadcast cannot be changed afterwards."""

    title = "人工登记"


class Posted(Kind):
    """What is put up on a site or a board by a person can be changed by a person."""

    title = "人工登记"
    lasting = True
