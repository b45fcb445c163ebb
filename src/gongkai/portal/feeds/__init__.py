"""What is new, and what left, for readers that come by themselves: Atom, RSS, JSON Feed."""
