"""An appeal to the accreditation body, and an answer that its committee proposes."""

APPEAL = {"category": "initial", "decision": "认可决定 2026-12", "decided_on": "2026-02-20"}
ANSWER = {"text": "撤销原决定。", "outcome": "upheld", "remedy": "重新评审", "clause": "2.5"}
