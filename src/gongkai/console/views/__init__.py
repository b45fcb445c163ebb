"""The pages of the officers' site."""
