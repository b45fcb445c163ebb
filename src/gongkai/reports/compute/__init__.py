"""The report's figures computed from the records: each cell is a query and opens its list."""
