"""Staff, their lists, their reminders and the chain of acts."""
