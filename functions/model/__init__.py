"""What both sides know: contract, submission, case, its log and its dates."""
