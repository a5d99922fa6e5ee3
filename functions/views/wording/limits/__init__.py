"""Makes the sentence of a time limit: to a filer before filing and after it, and to staff."""
