"""The ports: small protocols for what the use cases need from outside."""
