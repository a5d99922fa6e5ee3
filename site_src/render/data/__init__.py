"""What programs read: policy.json, OpenAPI, feeds, sitemap, JSON-LD."""
