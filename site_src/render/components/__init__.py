"""The examples of the components: gallery, docs and tests."""
