"""The page of a document: its head, its standing, its text, its files, its versions, what belongs to it."""
