"""The base class of every model."""

from pydantic import (
    BaseModel,
    ConfigDict,
)


class Frozen(BaseModel):
    """An immutable value; unknown keys are errors.

    Validation errors do not contain the input: errors are logged, and the input may be personal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
