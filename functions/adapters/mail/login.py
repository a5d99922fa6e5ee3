"""Provides the credentials for a mail server, from the settings or from a secret."""

from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from functions.model.errors import SecretUnavailable

_Printable = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]+$")]
"""Text in printable ASCII: smtplib sends names and passwords as ASCII."""


class Credentials(BaseModel):
    """A user name and a password. Other keys of a secret are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    username: _Printable
    password: _Printable


class Login(Protocol):
    """A source of credentials."""

    def credentials(self) -> Credentials:
        """Returns the credentials as last read. Raises SecretUnavailable."""

    def renew(self) -> bool:
        """Reads the credentials again after a refusal; returns whether they have changed."""


class GivenLogin:
    """Credentials from the settings."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def credentials(self) -> Credentials:
        """See Login."""
        return self._credentials

    def renew(self) -> bool:
        """See Login. These never change."""
        return False


class SecretLogin:
    """Credentials from a secret, `{"username": …, "password": …}`, read on first use."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._credentials: Credentials | None = None

    def credentials(self) -> Credentials:
        """See Login."""
        if self._credentials is None:
            self._credentials = self._read()
        return self._credentials

    def renew(self) -> bool:
        """See Login. The secret may have been rotated since it was read."""
        refused, self._credentials = self._credentials, None
        return self.credentials() != refused

    def _read(self) -> Credentials:
        # Imported here: without secrets in AWS, botocore is never loaded.
        from functions.adapters.secrets import read_secret

        text = read_secret(self._name)
        try:
            return Credentials.model_validate_json(text)
        except ValidationError:
            # `from None`: the cause would quote the secret.
            raise SecretUnavailable(
                f"secret {self._name}: no JSON with username and password in ASCII"
            ) from None
