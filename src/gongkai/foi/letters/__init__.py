"""The letters of a request: their kinds, their texts, and the official documents made of them."""
