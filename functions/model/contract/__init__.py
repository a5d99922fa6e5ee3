"""The contract: what the functions need to know of one policy version, without any markup."""
