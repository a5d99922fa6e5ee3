"""The contract: what the functions need of one policy version, without markup."""
