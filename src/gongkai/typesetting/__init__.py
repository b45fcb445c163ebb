"""Official documents on paper: the page of GB/T 9704-2012, its faces, and Word and PDF files in it.

Nothing here knows Django, the law or any one kind of document. Each module is imported by its own name, because
each brings a library with it that the others do not need.
"""
