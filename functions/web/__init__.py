"""HTTP: routes, what comes in, and what goes back."""
