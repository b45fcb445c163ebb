"""What an import can read: tables, feeds, and the files that go with a table."""
