"""What the adapters of AWS services share.

They use botocore itself: boto3 on top would add nothing here, and a quarter to a cold start.
"""

from functools import cache

from botocore.session import Session, get_session


@cache
def session() -> Session:
    """The session that all clients come from, so that its data are loaded once."""
    return get_session()
