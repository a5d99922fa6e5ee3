"""What only this machine shows: drafts, and the findings of organisations."""
