"""A policy that uses every key of the model, and its text: a made-up housing office."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "rich_policy_files"

FACTS = (_FOLDER / "facts.yaml").read_text(encoding="utf-8")
"""Everything except the identity, which `sample_policies.write` adds."""

TEXT = (_FOLDER / "procedure.md").read_text(encoding="utf-8")
