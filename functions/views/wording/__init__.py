"""Dates, limits, duties and answers in words of one language, for pages, mails and the desk."""
