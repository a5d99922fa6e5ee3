"""Who the function is to a mail server: given by the address, or kept in a secret."""

from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from functions.model.errors import SecretUnavailable

_Printable = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]+$")]
"""smtplib sends names and passwords as ASCII."""


class Credentials(BaseModel):
    """A user name and a password; other keys of a secret are not ours to judge."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    username: _Printable
    password: _Printable


class Login(Protocol):
    """Where credentials come from."""

    def credentials(self) -> Credentials:
        """The credentials as last known. Raises SecretUnavailable."""

    def renew(self) -> bool:
        """Asks for them again after a refusal; whether they are others now."""


class GivenLogin:
    """Credentials that stand in the settings."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def credentials(self) -> Credentials:
        """See Login."""
        return self._credentials

    def renew(self) -> bool:
        """See Login: they never change."""
        return False


class SecretLogin:
    """Credentials in a secret, `{"username": …, "password": …}`, read when first needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._known: Credentials | None = None

    def credentials(self) -> Credentials:
        """See Login."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def renew(self) -> bool:
        """See Login: the secret may have been rotated since it was read."""
        refused, self._known = self._known, None
        return self.credentials() != refused

    def _read(self) -> Credentials:
        # Imported here: without secrets in AWS, botocore is never loaded.
        from functions.adapters.secrets import read_secret

        text = read_secret(self._name)
        try:
            return Credentials.model_validate_json(text)
        except ValidationError:
            # Without its cause, which would quote the secret.
            raise SecretUnavailable(
                f"secret {self._name}: no JSON with username and password in ASCII"
            ) from None
