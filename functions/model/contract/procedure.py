"""What staff must do by one version of a policy: steps, roles, channels. Only the desk reads it."""

from pydantic import Field

from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.text import Text

PROCEDURE_FOLDER = "procedure/"
"""Where the procedures lie below `contracts/`, each under the digest that its contract names."""


class Step(Frozen):
    """Something that `roles` (ids) must do, by a clause.

    `acts` classify it, as `site_src.policy.terms.Act` lists them. It comes after the steps of
    `after`, or is done in place of `instead_of`. The roles of `tells` learn of it, and the role
    `approved_by` must consent to it. With a category, level, filer, channel or branch it is for
    such filings only; only people can judge a `condition`. `record` is the record that it leaves.
    """

    id: str
    roles: tuple[str, ...]
    acts: tuple[str, ...] = ()
    action: Text
    clause: str
    record: Text | None = None
    after: tuple[str, ...] = ()
    instead_of: str | None = None
    tells: tuple[str, ...] = ()
    approved_by: str | None = None
    category: str | None = None
    level: str | None = None
    filer: str | None = None
    channel: str | None = None
    branch: str | None = None
    condition: Text | None = None

    def is_for(
        self,
        categories: tuple[str, ...],
        level: str | None,
        filer: str | None,
        channel: str | None,
        branch: str | None,
    ) -> bool:
        """Whether it is for such a filing, whatever its condition; `categories` also has those
        around the one that was chosen.
        """
        return (
            (self.category is None or self.category in categories)
            and self.level in (None, level)
            and self.filer in (None, filer)
            and self.channel in (None, channel)
            and self.branch in (None, branch)
        )


class Way(Frozen):
    """A channel of the policy by which filings arrive: what staff choose when they enter one."""

    id: str
    type: str
    name: Text
    clause: str


class FollowUp(Frozen):
    """That the procedure has filers asked whether they are satisfied, by which clause."""

    clause: str


class Analysis(Frozen):
    """That the organisation regularly looks at what filings tell it, by a clause.

    `roles` do it; without any, the procedure does not say who. `record` is what it leaves, `limit`
    how often it is done, if the procedure says so by a frequency.
    """

    words: Text
    clause: str
    roles: tuple[str, ...] = ()
    record: Text | None = None
    limit: Limit | None = None


class KindProcedure(Frozen):
    """What staff must do with one kind of filing.

    `limit_roles` is the role that each limit binds, by the limit's id. `channel_limits` are for
    filings that came by another way than this site, by the id of the channel. `parents` are the
    categories around each category. By the clause `read_back`, what was taken down is said back.
    """

    steps: tuple[Step, ...]
    limit_roles: dict[str, str] = Field(default_factory=dict)
    channels: tuple[Way, ...] = ()
    channel_limits: dict[str, tuple[Limit, ...]] = Field(default_factory=dict)
    parents: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    follow_up: FollowUp | None = None
    read_back: str | None = None


class Procedure(Frozen):
    """What staff must do by one version of an organisation's policy; `roles` are names by id.

    `analyses` are of all filings together: analysis, appraisal, surveys.
    """

    organisation: str
    version: str
    roles: dict[str, Text]
    kinds: dict[KindId, KindProcedure]
    analyses: tuple[Analysis, ...] = ()
