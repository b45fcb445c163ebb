"""Recurring work: named jobs, each done once per due time, with every failure on record."""
