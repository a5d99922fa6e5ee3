"""Staff, cases and words for tests of the desk, its reminders and its figures."""
