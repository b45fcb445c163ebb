"""QR codes, as SVG for typst and as PNG for Word."""

from __future__ import annotations

from io import BytesIO

import segno

SIZE = 26  # mm, the quiet zone included
_QUIET = 4  # modules around the code (ISO/IEC 18004)


def svg(content: str) -> str:
    """The code as an SVG document."""
    stream = BytesIO()
    _made(content).save(stream, kind="svg", xmldecl=False, nl=False, border=_QUIET)
    return stream.getvalue().decode("utf-8")


def png(content: str) -> bytes:
    """The code as a PNG picture, eight pixels a module."""
    stream = BytesIO()
    _made(content).save(stream, kind="png", scale=8, border=_QUIET)
    return stream.getvalue()


def _made(content: str) -> segno.QRCode:
    """Never a Micro QR code, which phones do not read; 15 % may be damaged."""
    return segno.make_qr(content, error="m")
