"""The page of a case for its filer: who may open it, what they do there, what they fetch."""
