"""What a filer types: each kind of answer, read leniently and shown in one form."""
