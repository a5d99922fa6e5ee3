"""The folders of the tests' own files."""

from pathlib import Path

TESTS = Path(__file__).parent.parent
EXAMPLES = TESTS / "examples"
GOLDEN = TESTS / "golden"
EVENTS = TESTS / "events"
