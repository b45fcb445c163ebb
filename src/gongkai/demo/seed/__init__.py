"""The bureau of the seed report: what was counted in 2020 is what that report says; the records are made up."""
