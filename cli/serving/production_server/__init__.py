"""The server for the public: worker processes, one process for all else, and its figures."""
