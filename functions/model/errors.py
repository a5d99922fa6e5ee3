"""What can go wrong in the functions.

OmbudError
├── ContractError
│   ├── ContractMissing      no contract of that digest is stored
│   ├── ContractDamaged      its content does not match its digest or model
│   └── ContractUnavailable  it cannot be read just now: try again later
├── TokenInvalid             a sealed link, form or voucher is forged, damaged or too old
│   └── TokenExpired         it is genuine and too old
├── DocumentInvalid          a page to be drawn names an address
├── SettingInvalid           an environment variable is missing or malformed
├── InvocationFailed         a function failed; the log says at what
├── SecretUnavailable        a secret cannot be read, now or ever
├── BackupRefused            a store or its backup is not what it should be; nothing changed
├── StoreError               the store refuses, and will again
│   ├── StoredTextDamaged         what is stored does not decrypt: it was changed or moved
│   ├── DataKeyMissing       it was encrypted by a key that is not there
│   └── StoreUnavailable     it is throttled, busy or away: try again later
│       └── StoreUncertain   the same, and a filing may be stored all the same
├── FileStorageError
│   ├── FileMissing         no file lies there
│   └── FilesUnavailable     files cannot be had just now: try again later
├── ScannerUnavailable       nobody can say whether a file holds malware
└── MailError
    ├── MailRetryable        try again later
    └── MailPermanent        never try this mail again
"""


class OmbudError(Exception):
    """Base of every error that the functions raise on purpose."""


class ContractError(OmbudError):
    """A contract cannot be had."""


class ContractMissing(ContractError):
    """No contract of that digest is stored."""


class ContractDamaged(ContractError):
    """A stored contract does not match its digest or its model."""


class ContractUnavailable(ContractError):
    """The contracts cannot be read just now; what they hold is not known."""


class TokenInvalid(OmbudError):
    """A sealed link, form or voucher is forged, damaged or too old."""


class TokenExpired(TokenInvalid):
    """A sealed link or form is genuine, and its time is over."""


class DocumentInvalid(OmbudError):
    """A page to be drawn names an address; what is drawn asks for nothing."""


class SettingInvalid(OmbudError):
    """An environment variable is missing or malformed; names it and says what it takes."""


class InvocationFailed(OmbudError):
    """A function of AWS could not do what it was called for; carries the error's type alone."""


class SecretUnavailable(OmbudError):
    """A secret cannot be read: its name, its content, a permission, or AWS is away."""


class BackupRefused(OmbudError):
    """A backup is not made or not restored; says why, and nothing has changed."""


class StoreError(OmbudError):
    """The store refuses: the table is not there, or the function may not use it."""


class StoredTextDamaged(StoreError):
    """What is stored does not decrypt: it was changed, moved from another place or damaged."""


class DataKeyMissing(StoreError):
    """What is stored was encrypted by a key that is not there; names the key."""


class StoreUnavailable(StoreError):
    """The store is throttled, busy or away, and was asked several times: try again later."""


class StoreUncertain(StoreUnavailable):
    """A filing was sent to the store and no reply came back, so it may be stored.

    The same filing sent again is taken once, whichever it was.
    """


class FileStorageError(OmbudError):
    """A file cannot be had."""


class FileMissing(FileStorageError):
    """No file lies under that key."""


class FilesUnavailable(FileStorageError):
    """The folder or bucket is full, away or may not be used: try again later."""


class ScannerUnavailable(OmbudError):
    """The scanner is away or gave no verdict; the file waits."""


class MailError(OmbudError):
    """A mail was not handed over."""


class MailRetryable(MailError):
    """The mail server is away, busy or full: try again later (SMTP 4xx, RFC 5321)."""


class MailPermanent(MailError):
    """The mail server refuses this mail for good (SMTP 5xx, RFC 5321)."""
