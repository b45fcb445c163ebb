"""What every template may know about the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def installation(_request: HttpRequest) -> dict[str, object]:
    """`in_demo`: pages of a demonstration say that nothing on them is real. `upload_limit_mb`: for upload forms."""
    return {
        "in_demo": settings.GONGKAI_MODE == "demo",
        "upload_limit_mb": settings.GONGKAI_UPLOAD_LIMIT // 1024 // 1024,
    }
