"""What the pages of the whole site say of an organisation."""

from functions.contract import KindId
from functions.frozen import Frozen
from functions.text import Text
from site_src.policy import Policy


class ListedKind(Frozen):
    """A kind of filing that it takes."""

    id: KindId
    name: Text


class Listed(Frozen):
    """An organisation as it stands in the list."""

    id: str
    name: Text
    title: Text
    kinds: tuple[ListedKind, ...]


def listed(policy: Policy) -> Listed:
    """The organisation by the version of its policy that is in force."""
    return Listed(
        id=policy.id,
        name=policy.organisation.name,
        title=policy.title,
        kinds=tuple(ListedKind(id=kind.id, name=kind.name) for kind in policy.kinds),
    )
