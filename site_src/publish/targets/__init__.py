"""Where a site is published: a folder, or S3 behind CloudFront."""
