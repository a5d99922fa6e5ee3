"""From policies to staged files: organisations on all processors, then the pages of the site."""
