"""The demonstration: two bureaus whose records are made up, built through the same acts an officer uses."""
