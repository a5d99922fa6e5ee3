"""The stack, deployed whole to an emulator of AWS as docs/operations.md says."""

import os
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import boto3

from site_src.deploy import deploy
from site_src.site import today
from site_src.target import target_at
from tests.packaged import Packaged, osls

GOOD = Path(__file__).parent / "examples" / "good"


def test_stack_is_deployed(ministack: str, packaged: Packaged, tmp_path: Path) -> None:
    """osls makes every resource and each function gets the package; the site finds its buckets."""
    osls("deploy", packaged.folder, {k: v for k, v in os.environ.items() if k.startswith("AWS_")})
    stack = boto3.client("cloudformation").describe_stacks(StackName="ombud-prod")["Stacks"][0]
    assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    outputs = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    code = b64encode(sha256(packaged.archive.read_bytes()).digest()).decode()
    for name in ("intake", "notify", "sweep", "feedback"):
        function = boto3.client("lambda").get_function_configuration(
            FunctionName=f"ombud-prod-{name}"
        )
        assert function["CodeSha256"] == code
        environment = function["Environment"]["Variables"]
        assert environment["OMBUD_STORE"] == f"dynamodb:{outputs['Table']}"
        assert environment["OMBUD_CONTRACTS"] == f"s3://{outputs['ContractsBucket']}"
    policies = copytree(GOOD, tmp_path / "policies")
    site, contracts = outputs["SiteBucket"], outputs["ContractsBucket"]
    deploy(policies, target_at(f"s3://{site}", f"s3://{contracts}", None), today())
    s3 = boto3.client("s3")
    assert s3.head_object(Bucket=site, Key="index.html")["ContentLength"] > 0
    assert s3.head_object(Bucket=contracts, Key="current.json")["ContentLength"] > 0
