"""What the page of a case shows: acts in words, files, receipts, questions after an answer."""
