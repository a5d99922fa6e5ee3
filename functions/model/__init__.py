"""The domain model that the build and the functions share."""
