"""`make arm64`: the packages of Lambda on its own Python and an emulated processor."""
