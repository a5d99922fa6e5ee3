"""Numbers, dates and lengths of time in Chinese and English text."""
