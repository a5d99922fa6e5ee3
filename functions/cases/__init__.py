"""The use cases: a filing, what follows it, and the mails that it owes."""
