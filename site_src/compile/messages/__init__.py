"""The messages of the functions in the languages of the site, by what they are about."""
