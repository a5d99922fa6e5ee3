"""Fixtures of this folder: the stack, deployed whole to the emulator of AWS."""

from collections.abc import Iterator

import pytest

from functions.bootstrap import bootstrap, environment_settings
from functions.cases.ports.ports import Ports
from tests.commands.run_aws import deployed
from tests.conftest import SITE_URL
from tests.helpers.packaged import Packaged
from tests.helpers.servers.deployed_stack import DeployedStack
from tests.helpers.servers.ministack import reset


@pytest.fixture(scope="module")
def stack(
    ministack_address: str, packaged: Packaged, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeployedStack]:
    """The stack, deployed once with its site; clients in this environment use only the emulator."""
    reset(ministack_address)  # another module may have deployed it, too
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_CA_BUNDLE", raising=False)
        for name in ("ENDPOINT_URL", "DEFAULT_REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            patch.setenv(f"AWS_{name}", "set by the deployment, and restored afterwards")
        folder = tmp_path_factory.mktemp("deployed")
        environment = deployed(ministack_address, packaged, folder, SITE_URL)
        yield DeployedStack(ministack_address, environment)


@pytest.fixture
def on_stack(stack: DeployedStack) -> Iterator[Ports]:
    """The ports of the deployed functions."""
    ports = bootstrap(environment_settings(stack.environment))
    yield ports
    ports.store.close()
