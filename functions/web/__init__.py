"""HTTP: routes, requests and responses."""
