"""SES: what is asked of it, and which of its errors mean never again."""

from typing import Any

import pytest
from botocore.config import Config
from botocore.stub import Stubber

from functions.adapters.aws import session
from functions.adapters.mail.ses import SesMailer, ses_client
from functions.model.errors import MailPermanent, MailRetryable
from tests.helpers.servers.mail_server import message, read


def offline() -> Any:
    """A client that reaches nothing."""
    return session().create_client(
        "sesv2",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        endpoint_url="http://127.0.0.1:1",
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_request() -> None:
    """The whole message goes out, through the configuration set, tagged with case and type."""
    asked: list[dict[str, Any]] = []
    made = offline()
    made.meta.events.register(
        "before-parameter-build.sesv2.SendEmail", lambda params, **_: asked.append(params)
    )
    with Stubber(made) as stub:
        stub.add_response("send_email", {"MessageId": "1"})
        SesMailer("ombud", made).send(message())
    (request,) = asked
    raw = request["Content"]["Raw"]["Data"]
    assert read(raw)["Message-ID"] == "<1@ombud.example.com>"
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert request | {"Content": None} == {
        "Destination": {"ToAddresses": ["zhang@example.com"]},
        "Content": None,
        "ConfigurationSetName": "ombud",
        "EmailTags": [
            {"Name": "reference", "Value": "ACB-22222-22222"},
            {"Name": "type", "Value": "acknowledgement"},
        ],
    }


def account(**more: bool) -> dict[str, bool]:
    """What SES says of an account that may send to everybody."""
    return {"SendingEnabled": True, "ProductionAccessEnabled": True} | more


def identity(verified: bool) -> dict[str, object]:
    """What SES says of an identity."""
    return {"VerifiedForSendingStatus": verified}


@pytest.mark.parametrize(
    ("account_says", "address_is", "domain_is", "told"),
    [
        (account(), True, None, ""),
        (account(), False, True, ""),
        (
            account(),
            False,
            False,
            "neither no-reply@ombud.example.com nor its domain is a verified",
        ),
        (account(SendingEnabled=False), True, None, "sending is paused for this account"),
        (account(ProductionAccessEnabled=False), True, None, "SES is in its sandbox"),
    ],
)
def test_proof_without_a_mail(
    account_says: dict[str, bool], address_is: bool, domain_is: bool | None, told: str
) -> None:
    """The configuration set, the account and the sender's identity are asked for."""
    made = offline()
    with Stubber(made) as stub:
        stub.add_response(
            "get_configuration_set", {}, expected_params={"ConfigurationSetName": "ombud"}
        )
        stub.add_response("get_account", account_says)
        asked = {"EmailIdentity": "no-reply@ombud.example.com"}
        stub.add_response("get_email_identity", identity(address_is), asked)
        if domain_is is not None:
            stub.add_response(
                "get_email_identity", identity(domain_is), {"EmailIdentity": "ombud.example.com"}
            )
        mailer = SesMailer("ombud", made)
        if told.startswith(("neither", "sending")):
            with pytest.raises(MailRetryable, match=told):
                mailer.prove("Ombud <no-reply@ombud.example.com>")
        else:
            remarks = mailer.prove("Ombud <no-reply@ombud.example.com>")
            assert "".join(remarks).startswith(told)
            assert bool(remarks) == bool(told)
        stub.assert_no_pending_responses()


def test_proof_that_ses_refuses() -> None:
    """An unknown identity is not verified; another error is told by its code."""
    made = offline()
    with Stubber(made) as stub:
        stub.add_client_error("get_configuration_set", "NotFoundException")
        with pytest.raises(MailRetryable, match="SES NotFoundException"):
            SesMailer("ombud", made).prove("a@b.example.com")
    with Stubber(made) as stub:
        stub.add_response("get_configuration_set", {})
        stub.add_response("get_account", account())
        stub.add_client_error("get_email_identity", "NotFoundException")
        stub.add_client_error("get_email_identity", "NotFoundException")
        with pytest.raises(MailRetryable, match=r"neither a@b\.example\.com"):
            SesMailer("ombud", made).prove("a@b.example.com")


@pytest.mark.parametrize(
    ("code", "status", "words", "error"),
    [
        ("MessageRejected", 400, "Illegal content", MailPermanent),
        ("BadRequestException", 400, "Missing final '@domain'", MailPermanent),
        ("MessageRejected", 400, "Email address is not verified. zhang@…", MailRetryable),
        ("MailFromDomainNotVerifiedException", 400, "", MailRetryable),
        ("TooManyRequestsException", 429, "Maximum sending rate exceeded.", MailRetryable),
        ("LimitExceededException", 400, "Daily message quota exceeded.", MailRetryable),
        ("SendingPausedException", 400, "", MailRetryable),
        ("AccountSuspendedException", 400, "", MailRetryable),
        ("NotFoundException", 404, "no such configuration set", MailRetryable),
        ("AccessDeniedException", 403, "", MailRetryable),
        ("InternalFailure", 500, "", MailRetryable),
    ],
)
def test_errors(code: str, status: int, words: str, error: type[Exception]) -> None:
    """Only what SES says of this very mail is permanent, and no address gets into the reason."""
    made = offline()
    with Stubber(made) as stub:
        stub.add_client_error("send_email", code, words, status)
        with pytest.raises(error) as raised:
            SesMailer("ombud", made).send(message())
    assert str(raised.value) == f"SES {code}"


def test_network() -> None:
    """An endpoint that cannot be reached may be tried again."""
    with pytest.raises(MailRetryable, match="SES: EndpointConnectionError"):
        SesMailer("ombud", offline()).send(message())


def test_address_that_ses_cannot_write() -> None:
    """SES knows no SMTPUTF8: it is not even asked."""
    with pytest.raises(MailPermanent, match="ASCII"):
        SesMailer("ombud", offline()).send(message("张三@example.com"))


@pytest.mark.usefixtures("ministack")
def test_unverified_sender() -> None:
    """The emulated SES refuses a sender that nobody verified, and the mail waits for that."""
    with pytest.raises(MailRetryable, match="SES MessageRejected"):
        SesMailer("ombud", ses_client()).send(message())
