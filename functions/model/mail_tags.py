"""How a mail says which case it belongs to, for whatever comes back about it."""

REFERENCE_HEADER = "Ombud-Reference"
TYPE_HEADER = "Ombud-Mail-Type"
"""The headers that name the case and the MailType in every message."""

REFERENCE_TAG = "reference"
TYPE_TAG = "type"
"""The same as SES message tags: SES writes a Message-ID of its own, and its bounces and
complaints name a mail by its tags."""
