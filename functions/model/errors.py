"""The errors that the functions raise.

OmbudError
├── ContractError
│   ├── ContractMissing      no contract of that digest is stored
│   ├── ContractDamaged      a stored contract does not match its digest or model
│   └── ContractUnavailable  contracts cannot be read at the moment: try again later
├── TokenInvalid             a sealed link, form or voucher is forged, damaged or expired
│   ├── TokenExpired         it is genuine but expired
│   └── NamesSomebody        it is for a mailbox that somebody named or recused may read
├── DocumentInvalid          a page to be printed as PDF refers to a URL
├── SettingInvalid           an environment variable is missing or malformed
├── InvocationFailed         a Lambda function failed; the log says where
├── SecretUnavailable        a secret cannot be read, for the moment or for good
├── StackUnavailable         a stack on AWS cannot be read, or does not exist
├── BackupRefused            a store or its backup is not as required; nothing changed
│   └── BackupDamaged        the backup itself is damaged or not one
├── StoreError               the store refuses; a retry does not help
│   ├── StoredTextUnreadable one stored text cannot be read; others can
│   │   ├── StoredTextDamaged    it does not decrypt: it was changed or moved
│   │   └── DataKeyMissing       it was encrypted under a key that is missing
│   ├── StoreNewer           a later release wrote it
│   ├── StoreInUse           another server runs on it
│   ├── KeyMismatch          the key of the settings is not the one it was written with
│   └── StoreUnavailable     the store is throttled, busy or unreachable: try again later
│       └── StoreUncertain   as above, but the filing may be stored nevertheless
├── FileStorageError
│   ├── FileMissing          no file has that key
│   └── FilesUnavailable     files cannot be read or written at the moment: try again later
├── ScannerUnavailable       the scanner is unreachable or gives no verdict
└── MailError
    ├── MailRetryable        try again later
    │   └── MailboxUnavailable   its recipient gets no mail now; others may
    └── MailPermanent        do not try this mail again
"""


class OmbudError(Exception):
    """Base of every error that the functions raise on purpose."""


class ContractError(OmbudError):
    """A contract cannot be loaded."""


class ContractMissing(ContractError):
    """No contract of that digest is stored."""


class ContractDamaged(ContractError):
    """A stored contract does not match its digest or its model."""


class ContractUnavailable(ContractError):
    """Contracts cannot be read at the moment: try again later."""


class TokenInvalid(OmbudError):
    """A sealed link, form or voucher is forged, damaged or expired."""


class NamesSomebody(TokenInvalid):
    """A staff link is for a mailbox, which somebody who is named or recused may read."""


class TokenExpired(TokenInvalid):
    """A sealed link, form or voucher is genuine but expired; `claim` is what it was for."""

    def __init__(self, message: str, claim: str = "") -> None:
        super().__init__(message)
        self.claim = claim


class DocumentInvalid(OmbudError):
    """A page to be printed as PDF refers to a URL; printing must not load anything."""


class SettingInvalid(OmbudError):
    """An environment variable is missing or malformed; the message names it and its values."""


class InvocationFailed(OmbudError):
    """A Lambda function failed; the message has only the type of the error."""


class SecretUnavailable(OmbudError):
    """A secret cannot be read: wrong name or content, no permission, or AWS is unreachable."""


class StackUnavailable(OmbudError):
    """A stack on AWS cannot be read, or does not exist; the message says what AWS says."""


class BackupRefused(OmbudError):
    """A backup was not made or not restored; the message says why, and nothing changed."""


class BackupDamaged(BackupRefused):
    """A file is not a backup, or differs from what was saved."""


class StoreError(OmbudError):
    """The store refuses: the table does not exist, or the function may not use it."""


class StoredTextUnreadable(StoreError):
    """One stored text cannot be read. Who reads many goes on with the others."""


class StoredTextDamaged(StoredTextUnreadable):
    """Stored text does not decrypt: it was changed, damaged or moved from another place."""


class DataKeyMissing(StoredTextUnreadable):
    """Stored text was encrypted under a key that is missing; the message names the key."""


class StoreNewer(StoreError):
    """The store was written by a later release; the message says which, and nothing changed."""


class StoreInUse(StoreError):
    """Another server runs on the store, and two would both send each reminder."""


class KeyMismatch(StoreError):
    """The store was written under another key than the settings have; the message says so."""


class StoreUnavailable(StoreError):
    """The store is throttled, busy or unreachable, after several attempts: try again later."""


class StoreUncertain(StoreUnavailable):
    """A filing was sent to the store but no reply came, so it may be stored.

    It is safe to send the same filing again: it is stored once.
    """


class FileStorageError(OmbudError):
    """A file cannot be read or written."""


class FileMissing(FileStorageError):
    """No file has that key."""


class FilesUnavailable(FileStorageError):
    """The folder or bucket is full, unreachable or not permitted: try again later."""


class ScannerUnavailable(OmbudError):
    """The scanner is unreachable or gave no verdict; the file stays `waiting`."""


class MailError(OmbudError):
    """The mail server did not accept a mail."""


class MailRetryable(MailError):
    """The mail server is unreachable, busy or full: try again later (SMTP 4xx, RFC 5321)."""


class MailboxUnavailable(MailRetryable):
    """The server takes no mail for this recipient now: the mailbox is full (SMTP 450, 452)."""


class MailPermanent(MailError):
    """The mail server refuses this mail for good (SMTP 5xx, RFC 5321)."""
