"""A server for the public: worker processes, take-overs at midnight, figures."""
