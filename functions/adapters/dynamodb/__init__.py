"""Stores cases, mails and counters on AWS, in one table of DynamoDB."""
