"""Measurements. `make bench` runs every module here whose name starts with `measure_`; compare rows, not machines."""
