"""`make run-aws`: deploys the stack to an emulator of AWS and serves the application over it.

Pages come from `dist/` as with `make run`. Cases, contracts and mails go where the environment of
the deployed function says. All of it is deleted when the command ends.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path
from shutil import copytree

import boto3

from cli.options import author_language
from cli.serve import serve
from site_src.places import POLICIES, ROOT
from site_src.publish.build import build, today
from site_src.publish.targets.named import target_at
from tests.helpers.packaged import PARAMETERS, REGION, Packaged, osls, package
from tests.helpers.publishing.checkouts import deploy
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.ministack import emulator

_KEY_BYTES = 32


def deployed(address: str, packaged: Packaged, folder: Path, site_url: str) -> dict[str, str]:
    """Deploys stack and site to the emulator; returns the environment of the intake function."""
    aws = {
        "AWS_ENDPOINT_URL": address,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    os.environ.pop("AWS_CA_BUNDLE", None)
    os.environ.update(aws)
    osls("deploy", packaged.folder, aws)
    stack = boto3.client("cloudformation").describe_stacks(StackName="ombud-prod")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    site, contracts = (f"s3://{outputs[name]}" for name in ("SiteBucket", "ContractsBucket"))
    # A copy, because a deploy records what it published.
    policies = copytree(POLICIES, folder / "policies")
    deploy(policies, target_at(site, contracts, None), today(), site_url)
    domain = PARAMETERS["mailFrom"].partition("@")[2]
    boto3.client("sesv2").create_email_identity(EmailIdentity=domain)
    function = boto3.client("lambda").get_function_configuration(FunctionName="ombud-prod-intake")
    environment: dict[str, str] = function["Environment"]["Variables"]
    # Where AWS refers to a secret by its ARN, the emulator gives its name, and it ignores which
    # characters the template allows in it.
    key = boto3.client("secretsmanager").put_secret_value(
        SecretId=environment["OMBUD_KEY"].removeprefix("secret:"),
        SecretString=secrets.token_hex(_KEY_BYTES),
    )
    return environment | {"OMBUD_KEY": f"secret:{key['ARN']}"}


def main(port: int) -> None:
    """Runs until it is interrupted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with emulator(folder / "ministack.log", free_port()) as address:
            site_url = f"http://127.0.0.1:{port}"
            environment = deployed(address, package(folder / "osls"), folder, site_url)
            build(POLICIES, ROOT / "dist", site_url=site_url)
            os.environ.update(environment | {"OMBUD_SITE_URL": site_url})
            print(f"Mails: {address}/_ministack/ses/messages", flush=True)
            serve(port, ROOT / "dist", folder / "data", POLICIES, author_language())


if __name__ == "__main__":
    main(int(sys.argv[1]))
