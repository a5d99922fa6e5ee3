"""The facts of a draft as questions, and the answers as edits of policy.yaml."""
