"""What is taken out of the store for people: report, statistics, archive, the files of a case."""
