"""What authors mistype in a policy.yaml, said in their words."""
