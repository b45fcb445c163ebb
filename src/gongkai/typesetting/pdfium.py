"""PDFium is not safe to use from two threads of a process at once: whoever opens a PDF with it holds this lock."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
