"""The usual Excel table of a catalogue: its rows as values, reading, writing, comparing."""
