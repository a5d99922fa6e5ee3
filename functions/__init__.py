"""Intake and notification: what runs after somebody presses "send"."""
