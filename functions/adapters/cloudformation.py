"""Reads what a stack on AWS tells of itself."""

from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import session
from functions.model.errors import StackUnavailable


def outputs_of(stack: str) -> dict[str, str]:
    """Returns the outputs of a stack by name. Raises StackUnavailable."""
    limits = Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 2})
    try:
        client: Any = session().create_client("cloudformation", config=limits)
        found = client.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        # AWS says "Stack with id … does not exist", or which permission is missing.
        raise StackUnavailable(f"stack {stack}: {error.response['Error']['Message']}") from error
    except BotoCoreError as error:
        raise StackUnavailable(f"stack {stack}: {error}") from error
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}
