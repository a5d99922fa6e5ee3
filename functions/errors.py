"""What can go wrong in the functions.

OmbudError
├── ContractMissing       no contract of that digest is stored
├── ContractDamaged       its content does not match its digest or model
├── TokenInvalid          a receipt link is forged, damaged or too old
├── SettingInvalid        an environment variable is missing or malformed
├── SecretUnavailable     a secret cannot be read, now or ever
├── StoreError
│   └── StoreUnavailable  throttled, in conflict or not to be reached: try again
└── MailError
    ├── MailRetryable     try again later
    └── MailPermanent     never try this mail again
"""


class OmbudError(Exception):
    """Base of every error that the functions raise on purpose."""


class ContractMissing(OmbudError):
    """No contract of that digest is stored."""


class ContractDamaged(OmbudError):
    """A stored contract does not match its digest or its model."""


class TokenInvalid(OmbudError):
    """A receipt link is forged, damaged or too old."""


class SettingInvalid(OmbudError):
    """An environment variable is missing or malformed; names it and says what it takes."""


class SecretUnavailable(OmbudError):
    """A secret cannot be read: its name, its content, a permission, or AWS is away."""


class StoreError(OmbudError):
    """The store did not do what it was asked."""


class StoreUnavailable(StoreError):
    """The store is throttled, in conflict or cannot be reached: try again."""


class MailError(OmbudError):
    """A mail was not handed over."""


class MailRetryable(MailError):
    """The mail server is away, busy or full: try again later (SMTP 4xx, RFC 5321)."""


class MailPermanent(MailError):
    """The mail server refuses this mail for good (SMTP 5xx, RFC 5321)."""
