"""`/healthz`: for the machine that asks whether to send requests here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from gongkai.schedule.queries import schedule_state

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503.

    `schedule` tells ok, late (the scheduler has stopped) or failing (the last run of a job failed); it does
    not change the status, for a web server that is taken out of service would mend neither.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        schedule = schedule_state()
    except DatabaseError:
        logger.exception("health: the database does not answer")
        return JsonResponse({"status": "unavailable", "database": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "schedule": schedule})
