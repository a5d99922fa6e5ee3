"""The name of this release, which a store keeps: an older release can then say what it needs."""

RELEASE = "0.2.0.dev0"
