"""What the template says of CloudFront: pages and answers behind one name."""

import ast
import json
import subprocess
from http import HTTPStatus
from pathlib import Path

import pytest

from functions.web.desk.login import ATTEMPT
from functions.web.desk.session import COOKIE
from functions.web.response import security_headers
from infra.package import NODE, ROOT
from tests.helpers.packaged import Packaged


def test_pages_and_answers_share_one_origin(packaged: Packaged) -> None:
    """`/cases/*` goes to the functions with every method and no cache, the rest to the bucket.

    Of cookies, only the desk's own get through.
    """
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    (cases,) = config["CacheBehaviors"]
    assert cases["PathPattern"] == "/cases/*"
    assert set(cases["AllowedMethods"]) >= {"GET", "POST"}
    assert cases["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert cases["ViewerProtocolPolicy"] == "https-only"
    forwarded = packaged.resources["CaseRequests"]["Properties"]["OriginRequestPolicyConfig"]
    assert "Host" not in forwarded["HeadersConfig"]["Headers"]
    site = next(origin for origin in config["Origins"] if origin["Id"] == "site")
    assert site["OriginAccessControlId"] == {"Fn::GetAtt": ["SiteAccess", "Id"]}
    (pages,) = config["OriginGroups"]["Items"]
    assert config["DefaultCacheBehavior"]["TargetOriginId"] == pages["Id"]
    assert pages["Members"]["Items"] == [{"OriginId": "site"}, {"OriginId": "missing"}]
    # A group of origins takes no other methods.
    assert config["DefaultCacheBehavior"]["AllowedMethods"] == ["GET", "HEAD"]
    routes = packaged.of_type("AWS::ApiGatewayV2::Route").values()
    assert {route["RouteKey"] for route in routes} == {
        "ANY /cases/{proxy+}",
        "ANY /cases/desk",
        "ANY /cases/desk/{proxy+}",
    }
    cookies = forwarded["CookiesConfig"]
    assert cookies == {"CookieBehavior": "whitelist", "Cookies": [COOKIE, ATTEMPT]}


def statuses(folder: Path) -> set[int]:
    """Every status of an error that this code may answer with, by its number or its name."""
    found: set[int] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) is int:
                found.add(node.value)
            elif isinstance(node, ast.Attribute) and node.attr in HTTPStatus.__members__:
                found.add(HTTPStatus[node.attr].value)
    return {number for number in found if 400 <= number < 600}


def test_no_answer_of_the_functions_is_replaced(packaged: Packaged) -> None:
    """CloudFront replaces statuses of every origin: those it replaces are none of the functions'.

    Else a dead link, an expired session or a form from elsewhere would show the page for missing
    addresses, and the filer's words would be gone. Today it replaces none.
    """
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    replaced = {
        entry["ErrorCode"]
        for entry in config["CustomErrorResponses"]
        if {"ResponseCode", "ResponsePagePath"} & entry.keys()
    }
    answered = statuses(ROOT / "functions" / "web") | statuses(ROOT / "functions" / "cases")
    assert {400, 404, 410, 413, 415, 422, 429, 503} <= answered
    assert replaced & answered == set()
    assert replaced == set()


def test_no_error_is_kept_for_others(packaged: Packaged) -> None:
    """CloudFront ignores `no-store` of these statuses and would give them to the next viewer.

    Of 404, 410, 414 and 501 it heeds `no-store`; others it keeps only with a `max-age`.
    """
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    kept = {
        entry["ErrorCode"]: entry["ErrorCachingMinTTL"] for entry in config["CustomErrorResponses"]
    }
    assert kept == dict.fromkeys((500, 502, 503, 504), 0)


def test_missing_page_is_told_from_a_refused_one(packaged: Packaged) -> None:
    """S3 answers 404 for a missing page, as CloudFront may list, and intake makes its page."""
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    (group,) = config["OriginGroups"]["Items"]
    assert config["DefaultCacheBehavior"]["TargetOriginId"] == group["Id"]
    assert group["FailoverCriteria"]["StatusCodes"]["Items"] == [404]
    policy = packaged.resources["SiteBucketPolicy"]["Properties"]["PolicyDocument"]
    allowed = [one for one in policy["Statement"] if one.get("Effect") != "Deny"]
    assert json.dumps(["s3:GetObject", "s3:ListBucket"]) in json.dumps(allowed)


def test_security_headers_are_the_functions(packaged: Packaged) -> None:
    """CloudFront says of pages what the function says of its answers."""
    policy = packaged.resources["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    said = policy["SecurityHeadersConfig"]
    headers = security_headers("https://${AttachmentsBucket.RegionalDomainName}")
    assert said["ContentSecurityPolicy"]["ContentSecurityPolicy"] == {
        "Fn::Sub": headers["Content-Security-Policy"]
    }
    assert said["ReferrerPolicy"]["ReferrerPolicy"] == headers["Referrer-Policy"]
    assert "ContentTypeOptions" in said
    kept = said["StrictTransportSecurity"]
    assert kept["IncludeSubdomains"] is True
    strict = f"max-age={kept['AccessControlMaxAgeSec']}; includeSubDomains"
    assert strict == headers["Strict-Transport-Security"]
    items = policy["CustomHeadersConfig"]["Items"]
    more = {item["Header"]: item["Value"] for item in items}
    named = {"Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security"}
    rest = set(headers) - named - {"Cache-Control", "X-Content-Type-Options"}
    assert more == {name: headers[name] for name in rest}
    assert {"Origin", "Sec-Fetch-Site"} <= set(
        packaged.resources["CaseRequests"]["Properties"]["OriginRequestPolicyConfig"][
            "HeadersConfig"
        ]["Headers"]
    )


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/", "/index.html"),
        ("/en/track/", "/en/track/index.html"),
        ("/a/versions/1.2/", "/a/versions/1.2/index.html"),
        ("/assets/ombud.css", "/assets/ombud.css"),
        ("/en/track", "301 /en/track/"),
        ("//evil.example.com", "//evil.example.com"),
        ("//evil", "301 /evil/"),
    ],
)
def test_folders_have_their_page(asked: str, given: str, packaged: Packaged) -> None:
    """A folder's address gives its page, one without slash is sent on, never to another host."""
    code = packaged.resources["Folders"]["Properties"]["FunctionCode"]
    event = json.dumps({"request": {"uri": asked}})
    script = f"""{code}
        const answer = handler({event});
        console.log(answer.uri ?? `${{answer.statusCode}} ${{answer.headers.location.value}}`);
    """
    result = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == given
