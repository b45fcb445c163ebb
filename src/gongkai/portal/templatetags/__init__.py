"""Tags of the templates of the public site."""
