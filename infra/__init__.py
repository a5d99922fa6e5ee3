"""CloudFormation templates for AWS, and the package of the Lambda functions."""
