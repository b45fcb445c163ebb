"""How one installation of Gongkai is set up: settings, addresses, start-up checks."""
