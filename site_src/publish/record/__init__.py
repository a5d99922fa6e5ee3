"""What a target has published: the record, what a killed publication leaves, earlier releases."""
