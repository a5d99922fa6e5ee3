"""The examples of the components, for the gallery, the docs and the tests."""
