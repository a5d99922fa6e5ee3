"""Reads secrets from AWS Secrets Manager and from SSM parameters."""

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import session
from functions.model.errors import SecretUnavailable


def read_secret(name: str) -> str:
    """Returns the secret's current text. Each call asks AWS again.

    `name` is the ARN of a Secrets Manager secret or, starting with `/`, the name of an SSM
    SecureString parameter. Raises SecretUnavailable.
    """
    if name.startswith("/"):
        return _request(name, "ssm", "get_parameter", Name=name, WithDecryption=True)
    if name.startswith("arn:") and ":secretsmanager:" in name:
        return _request(name, "secretsmanager", "get_secret_value", SecretId=name)
    raise SecretUnavailable(
        f"secret {name}: not the ARN of a Secrets Manager secret nor a /name of an SSM parameter"
    )


def _request(name: str, service: str, operation: str, **arguments: object) -> str:
    limits = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2})
    try:
        client = session().create_client(service, config=limits)
        answer = getattr(client, operation)(**arguments)
    except ClientError as error:
        raise SecretUnavailable(f"secret {name}: {error.response['Error']['Code']}") from error
    except BotoCoreError as error:
        raise SecretUnavailable(f"secret {name}: {type(error).__name__}") from error
    text = answer.get("Parameter", {}).get("Value") or answer.get("SecretString")
    if not isinstance(text, str):
        raise SecretUnavailable(f"secret {name}: holds no text")
    return text
