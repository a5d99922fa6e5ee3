"""CloudFront as its guide describes it: behaviours, failover and rules for errors of a template.

No emulator has these. What is not modelled here: caching, compression, headers of responses.
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
"""

import json
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from infra.package import NODE
from tests.helpers.lambdas import event

_FAILS_OVER = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Answered:
    """An answer of an origin, or of the edge itself."""

    status: int
    headers: Mapping[str, str]
    body: str


Origin = Callable[[str, str, Mapping[str, str], str], Answered]
"""Answers a request: method, path with query, headers by lower-case name, body."""


class Edge:
    """A distribution with its origins by their ids; `resources` are those of the template."""

    def __init__(self, resources: dict[str, Any], origins: Mapping[str, Origin]) -> None:
        self._resources = resources
        self._config = resources["Distribution"]["Properties"]["DistributionConfig"]
        self._paths = {one["Id"]: one.get("OriginPath", "") for one in self._config["Origins"]}
        self._groups = {one["Id"]: one for one in self._config["OriginGroups"]["Items"]}
        self._origins = origins
        self.asked: list[tuple[str, str]] = []
        """The origins that were asked, with the path."""

    def get(self, path: str, **headers: str) -> Answered:
        """The answer to a GET."""
        return self.request("GET", path, headers)

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: str = ""
    ) -> Answered:
        """The answer that a viewer gets."""
        address, _, query = path.partition("?")
        behaviour = self._behaviour(address)
        if method not in behaviour["AllowedMethods"]:
            return Answered(403, {}, "This distribution is not configured to allow the method")
        for association in behaviour.get("FunctionAssociations", ()):
            address = self._run(association, address)
        if address.startswith("301 "):
            return Answered(301, {"location": address.removeprefix("301 ")}, "")
        sent = self._forwarded(behaviour, {name.lower(): value for name, value in headers.items()})
        whole = f"{address}?{query}" if query and "OriginRequestPolicyId" in behaviour else address
        given = self._ask(behaviour["TargetOriginId"], method, whole, sent, body)
        for rule in self._config.get("CustomErrorResponses", ()):
            if rule["ErrorCode"] == given.status and "ResponsePagePath" in rule:
                page = self.get(rule["ResponsePagePath"])
                return Answered(rule["ResponseCode"], page.headers, page.body)
        return given

    def _behaviour(self, path: str) -> Any:
        for behaviour in self._config["CacheBehaviors"]:
            if fnmatchcase(path, behaviour["PathPattern"]):
                return behaviour
        return self._config["DefaultCacheBehavior"]

    def _ask(
        self, target: str, method: str, path: str, headers: Mapping[str, str], body: str
    ) -> Answered:
        if group := self._groups.get(target):
            first, second = (member["OriginId"] for member in group["Members"]["Items"])
            given = self._ask(first, method, path, headers, body)
            fails = given.status in group["FailoverCriteria"]["StatusCodes"]["Items"]
            if fails and method in _FAILS_OVER:
                return self._ask(second, method, path, headers, body)
            return given
        place = self._paths[target] + path
        self.asked.append((target, place))
        return self._origins[target](method, place, headers, body)

    def _forwarded(self, behaviour: Any, headers: Mapping[str, str]) -> dict[str, str]:
        """What the behaviour's origin request policy passes on; the managed policies of the cache
        pass nothing.
        """
        if "OriginRequestPolicyId" not in behaviour:
            return {}
        policy = self._resources[behaviour["OriginRequestPolicyId"]["Ref"]]["Properties"]
        named = policy["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
        allowed = {name.lower() for name in named}
        return {name: value for name, value in headers.items() if name in allowed}

    def _run(self, association: Any, path: str) -> str:
        """The path after a function of the edge, or `301 ADDRESS`."""
        (name, _) = association["FunctionARN"]["Fn::GetAtt"]
        code = self._resources[name]["Properties"]["FunctionCode"]
        script = f"""{code}
            const answer = handler({json.dumps({"request": {"uri": path}})});
            console.log(answer.uri ?? `${{answer.statusCode}} ${{answer.headers.location.value}}`);
        """
        result = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
        return result.stdout.strip()


def gateway_event(method: str, path: str, headers: Mapping[str, str], body: str) -> dict[str, Any]:
    """The event of API Gateway's HTTP API for a request."""
    made = event("health")
    address, _, query = path.partition("?")
    made |= {"rawPath": address, "rawQueryString": query, "headers": dict(headers)}
    made["requestContext"]["http"] |= {"method": method, "path": address}
    if body:
        made |= {"body": b64encode(body.encode()).decode(), "isBase64Encoded": True}
    return made
