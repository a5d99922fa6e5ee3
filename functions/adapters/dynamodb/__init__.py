"""The store on AWS."""
