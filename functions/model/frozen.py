"""The base of every model."""

from pydantic import (
    BaseModel,
    ConfigDict,
)


class Frozen(BaseModel):
    """A value: it cannot change, and a key it does not know is an error.

    Errors do not repeat the input: it may be personal, and errors are logged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
