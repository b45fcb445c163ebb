"""Gongkai: the working system of a government body's open-information office."""

__version__ = "0.1.0"
