"""The two databases behind one interface; which it is, the connection says."""

from __future__ import annotations

from django.db import connection

from gongkai.search.backends.base import Backend, Found, Prepared, Row, Search

__all__ = ["Backend", "Found", "Prepared", "Row", "Search", "backend"]


def backend() -> Backend:
    """The backend of the database in use."""
    if connection.vendor == "postgresql":
        from gongkai.search.backends.postgresql import PostgreSQL

        return PostgreSQL()
    from gongkai.search.backends.sqlite import SQLite

    return SQLite()
