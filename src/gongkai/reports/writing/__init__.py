"""Writing a report out: HTML, DOCX, PDF, XLSX, JSON and CSV from one ``Report``.

Nothing here knows Django, so that the command line starts fast. Each module is imported by its own name,
because each brings a library with it that the others do not need.
"""
