"""How many requests come through: rates of API and firewall, their refusals and alarms."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load

from functions.web.middleware.request_rate import BURST, PER_SECOND
from infra.package import ROOT
from tests.helpers.cloudformation import resolve
from tests.helpers.packaged import Packaged

FIREWALL = ROOT / "infra" / "firewall.yml"


@pytest.fixture(scope="module")
def firewall() -> dict[str, Any]:
    """The properties of the web ACL."""
    acl: dict[str, Any] = load(str(FIREWALL))["Resources"]["WebAcl"]["Properties"]
    return acl


def test_rates_are_parameters_with_room_for_others(packaged: Packaged) -> None:
    """The API takes at least ten times what one client may send, at once and on average."""
    (stage,) = packaged.of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"] == {
        "ThrottlingRateLimit": {"Ref": "ApiRate"},
        "ThrottlingBurstLimit": {"Ref": "ApiBurst"},
    }
    parameters = packaged.template["Parameters"]
    assert int(parameters["ApiRate"]["Default"]) >= 10 * PER_SECOND
    assert int(parameters["ApiBurst"]["Default"]) >= 5 * BURST
    assert parameters["ApiRate"]["MinValue"] >= 10 * PER_SECOND


def test_refusals_of_the_api_ring(packaged: Packaged) -> None:
    """API Gateway's own 429 are counted from its log: those that no function answered."""
    (stage,) = packaged.of_type("AWS::ApiGatewayV2::Stage").values()
    line = json.loads(stage["AccessLogSettings"]["Format"])
    assert line["status"] == "$context.status"
    assert line["answered"] == "$context.integration.status"
    filter_ = packaged.resources["ApiRefusals"]["Properties"]
    assert filter_["FilterPattern"] == '{ $.status = "429" && $.answered = "-" }'
    assert filter_["LogGroupName"] == {"Ref": "HttpApiLogGroup"}
    (counted,) = filter_["MetricTransformations"]
    alarm = packaged.resources["ApiRefuses"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == (
        counted["MetricNamespace"],
        counted["MetricName"],
    )
    assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]


def test_api_logs_nothing_personal(packaged: Packaged) -> None:
    """The log of the API holds neither addresses, paths nor query strings."""
    (stage,) = packaged.of_type("AWS::ApiGatewayV2::Stage").values()
    format_ = stage["AccessLogSettings"]["Format"]
    assert not any(word in format_ for word in ("sourceIp", "path", "querystring", "userAgent"))


def test_firewall_is_optional(packaged: Packaged) -> None:
    """Without the parameter no firewall stands before the distribution."""
    for value, id_ in (("", None), ("arn:aws:wafv2:us-east-1:1:global/webacl/x/y", "WebAcl")):
        resources = resolve(packaged.template, WebAcl=value)["Resources"]
        config = resources["Distribution"]["Properties"]["DistributionConfig"]
        assert config.get("WebACLId") == (id_ and {"Ref": id_})


def test_firewall_is_clean() -> None:
    """cfn-lint finds nothing: CloudFormation takes the file as it is, without aliases of YAML."""
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--regions", "us-east-1"]
    command += ["--template", str(FIREWALL)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")


def test_firewall_gives_room_to_each_client(firewall: dict[str, Any]) -> None:
    """It counts each address by itself, on the functions alone, and lets a burst through."""
    limit = load(str(FIREWALL))["Parameters"]["Requests"]
    assert int(limit["Default"]) >= 5 * BURST
    for rule in firewall["Rules"]:
        rate = rule["Statement"]["RateBasedStatement"]
        assert (rate["AggregateKeyType"], rate["Limit"]) == ("IP", {"Ref": "Requests"})
        path = rate["ScopeDownStatement"]["AndStatement"]["Statements"][0]["ByteMatchStatement"]
        assert (path["SearchString"], path["PositionalConstraint"]) == ("/cases/", "STARTS_WITH")
    assert firewall["DefaultAction"] == {"Allow": {}}


def test_firewall_speaks_page_or_json(firewall: dict[str, Any]) -> None:
    """A browser gets a page in both languages, a program problem details, both 429 with a time."""
    bodies = firewall["CustomResponseBodies"]
    asked = {}
    for rule in firewall["Rules"]:
        _, accept = rule["Statement"]["RateBasedStatement"]["ScopeDownStatement"]["AndStatement"][
            "Statements"
        ]
        answer = rule["Action"]["Block"]["CustomResponse"]
        assert answer["ResponseCode"] == 429
        assert answer["ResponseHeaders"] == [{"Name": "Retry-After", "Value": "300"}]
        body = bodies[answer["CustomResponseBodyKey"]]
        assert len(body["Content"].encode()) < 4096  # the most that AWS WAF takes
        asked["NotStatement" in accept] = (body["ContentType"], body["Content"])
    assert asked[False][0] == "TEXT_HTML"
    assert "同一网络发来的请求过多" in asked[False][1]
    assert "Too many requests from one internet connection" in asked[False][1]
    assert asked[True][0] == "APPLICATION_JSON"
    assert json.loads(asked[True][1])["status"] == 429
