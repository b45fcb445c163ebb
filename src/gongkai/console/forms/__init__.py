"""Forms of the officers' site."""
