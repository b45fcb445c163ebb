"""Subscribing by e-mail: ask, confirm, leave."""
