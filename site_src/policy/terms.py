"""The vocabularies of a policy: what a fact may be called, after ISO 10002 and GB/T 19012."""

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
"""`writing` is any written form; `authority` is a filing that an authority passes on; `callback`
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
    "cooperation",
    "conduct",
    "follow_up",
]
"""What a provision is about, where it is no limit, channel, step or review level."""

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

`accept` finds whether it is the organisation's to handle, `validate` whether there is something
to it, `decide` proposes or takes the decision, `approve` is somebody else's consent to it,
`progress` tells the filer meanwhile, `answer` the outcome in whatever form, `notify` formally;
`refer` tells the person complained of, `track` keeps an eye on the handling, `follow_up` asks
afterwards whether the answer satisfied.
"""

Standard = Literal["iso-iec-17025", "iso-iec-17065", "iso-iec-17024", "gb-t-19012"]
"""ISO/IEC 17025:2017, 17065:2012, 17024:2012, GB/T 19012-2019 (ISO 10002:2018)."""
