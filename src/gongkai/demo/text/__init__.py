"""Titles and texts of made-up documents, from our own word lists. Places and schools are generic, persons none."""
