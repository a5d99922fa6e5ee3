"""The use cases: filing, acts on a case, mails, files, retention and subject rights."""
