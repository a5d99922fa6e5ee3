"""Sites that change while a test runs."""
