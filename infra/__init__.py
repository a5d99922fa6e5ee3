"""How Ombud runs on AWS: templates, and the package of its functions."""
