"""What goes out and what may be asked, described once: for checking, for the answer, for the documentation."""
