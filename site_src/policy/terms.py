"""Defines the vocabularies of a policy, with the terms of ISO 10002 and GB/T 19012."""

from typing import Literal

ChannelType = Literal[
    "web",
    "telephone",
    "extension",
    "email",
    "letter",
    "fax",
    "in_person",
    "box",
    "instant_messaging",
    "community",
    "writing",
    "authority",
    "callback",
]
"""`writing` is any written form; `authority` is a filing that an authority forwards; `callback`
is the organisation's own call, in which a filing may come up."""

Formality = Literal["written", "signed", "real_name", "anonymous_allowed", "evidence"]

Topic = Literal[
    "principle",
    "confidentiality",
    "recusal",
    "no_retaliation",
    "no_discrimination",
    "cost",
    "record",
    "read_back",
    "notification",
    "progress",
    "publication",
    "on_duty",
    "appraisal",
    "analysis",
    "improvement",
    "remedy",
    "truthfulness",
    "obligation",
    "cooperation",
    "conduct",
    "follow_up",
]

PROTECTING: tuple[Topic, ...] = (
    "no_retaliation",
    "no_discrimination",
    "confidentiality",
    "recusal",
)
"""What protects whoever files."""

BINDING: tuple[Topic, ...] = ("obligation", "truthfulness", "cost")
"""What filing may mean for whoever files."""
"""What a provision is about; limits, channels, steps and review levels are facts of their own."""

Act = Literal[
    "receive",
    "acknowledge",
    "register",
    "accept",
    "validate",
    "classify",
    "assign",
    "investigate",
    "decide",
    "approve",
    "progress",
    "answer",
    "notify",
    "refer",
    "carry_out",
    "correct",
    "prevent",
    "track",
    "file",
    "follow_up",
    "analyse",
    "publish",
]
"""What is done with a filing, for the conformance report.

`accept` determines whether the organisation is responsible, `validate` whether the filing is
justified. `decide` proposes or takes the decision; `approve` is another person's consent to it.
`progress` informs the filer meanwhile, `answer` informs the filer of the outcome in any form,
`notify` does so formally. `refer` informs the person complained of, `track` monitors the
handling, `follow_up` asks afterwards whether the filer is satisfied.
"""

Standard = Literal["iso-iec-17025", "iso-iec-17065", "iso-iec-17024", "gb-t-19012"]
"""ISO/IEC 17025:2017, 17065:2012, 17024:2012, GB/T 19012-2019 (ISO 10002:2018)."""
