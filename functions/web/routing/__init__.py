"""Which route answers a request, and where its work is done."""
