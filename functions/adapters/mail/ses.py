"""Sends mails through Amazon SES (API version 2), tagged with case and type for feedback."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import session
from functions.model.errors import MailPermanent, MailRetryable
from functions.model.mail import REFERENCE_HEADER, REFERENCE_TAG, TYPE_HEADER, TYPE_TAG

_TAGS = {REFERENCE_TAG: REFERENCE_HEADER, TYPE_TAG: TYPE_HEADER}

_PERMANENT = frozenset({"MessageRejected", "BadRequestException"})
"""The errors about this one mail: "contains invalid content", "the input you provided is
invalid" (SES API reference, SendEmail).

All others are about the account or its settings. TooManyRequestsException and 5xx pass by
themselves. SendingPausedException, AccountSuspendedException, LimitExceededException,
NotFoundException (the configuration set), MailFromDomainNotVerifiedException and a missing
permission need a person. Mails wait for both, as for a server that is away: a setting that is
wrong for a day must not lose a day's mails."""


def ses_client() -> Any:
    """Returns a client that gives up within half a minute; the outbox tries again."""
    limits = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
    return session().create_client("sesv2", config=limits)


class SesMailer:
    """Sends through one configuration set, whose event destination delivers the feedback."""

    def __init__(self, configuration_set: str, client: Any) -> None:
        self._configuration_set = configuration_set
        self._client = client

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        recipient = message["To"].addresses[0].addr_spec
        if not recipient.isascii():
            raise MailPermanent("SES takes addresses in ASCII only (no SMTPUTF8)")
        try:
            self._client.send_email(
                Destination={"ToAddresses": [recipient]},
                Content={"Raw": {"Data": _to_bytes(message)}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[
                    {"Name": tag, "Value": str(message[header])}
                    for tag, header in _TAGS.items()
                    if header in message
                ],
            )
        except ClientError as error:
            raise _mail_error(error.response["Error"]) from error
        except BotoCoreError as error:
            raise MailRetryable(f"SES: {type(error).__name__}") from error

    def prove(self, sender: str) -> tuple[str, ...]:
        """See ProvableMailer. The one who asks needs the rights to see account and identity."""
        address = parseaddr(sender)[1]
        try:
            self._client.get_configuration_set(ConfigurationSetName=self._configuration_set)
            account = self._client.get_account()
            verified = any(map(self._is_verified, (address, address.rpartition("@")[2])))
        except ClientError as error:
            raise _mail_error(error.response["Error"]) from error
        except BotoCoreError as error:
            raise MailRetryable(f"SES: {type(error).__name__}") from error
        if not account["SendingEnabled"]:
            raise MailRetryable("SES: sending is paused for this account")
        if not verified:
            raise MailRetryable(f"SES: neither {address} nor its domain is a verified identity")
        if not account["ProductionAccessEnabled"]:
            return ("SES is in its sandbox and sends to verified addresses alone: ask to leave it",)
        return ()

    def _is_verified(self, identity: str) -> bool:
        try:
            found = self._client.get_email_identity(EmailIdentity=identity)
        except ClientError as error:
            if error.response["Error"]["Code"] == "NotFoundException":
                return False
            raise
        return bool(found["VerifiedForSendingStatus"])


def _to_bytes(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _mail_error(error: Mapping[str, object]) -> MailRetryable | MailPermanent:
    """Returns the error with its code only: the message may quote the recipient."""
    code = error["Code"]
    # MessageRejected "Email address is not verified" is about our sender, or about the sandbox.
    about_settings = "not verified" in str(error.get("Message"))
    if code in _PERMANENT and not about_settings:
        return MailPermanent(f"SES {code}")
    return MailRetryable(f"SES {code}")
