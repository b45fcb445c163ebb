"""The annual report (条例 arts. 49–50) as a form: its two official formats, its figures, its checks."""
