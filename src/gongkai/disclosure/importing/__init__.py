"""Taking over many documents from a table with files or from another site's feed: checked first, resumable, never twice.

A source is read once: every row is checked and what can be imported is staged, a line a row. The run takes the lines in
batches, each a transaction that also moves the checkpoint. See docs/adr for the decision.
"""
