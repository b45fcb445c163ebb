"""A county that does not exist, with requests of every outcome in the format of 2021."""
