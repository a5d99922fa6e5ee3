"""Files and data for programs: OpenAPI, feeds, sitemap, JSON-LD."""
