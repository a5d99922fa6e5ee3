"""From policies to the files of the site, in memory."""
