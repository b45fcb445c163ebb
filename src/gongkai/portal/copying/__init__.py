"""The public site as files for any web server: what to write, how links lead on, what is written anew."""
