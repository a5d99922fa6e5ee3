"""A filer's answers: parsed leniently, shown in one format."""
