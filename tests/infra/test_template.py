"""The template that osls writes: checked whole, without AWS."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest

from functions.bootstrap import environment_settings
from functions.cases.ports.file_storage import UPLOADS
from functions.cases.retention import LONGEST_CLAIM
from functions.observability.metrics import NAMESPACE, Counted, Measured
from functions.settings import output_of
from functions.web.desk.login import ATTEMPT
from functions.web.desk.session import COOKIE
from functions.web.response import security_headers
from infra.package import NODE, ROOT
from tests.helpers.cloudformation import references, resolve
from tests.helpers.packaged import Packaged

FUNCTIONS = ("Intake", "Desk", "Notify", "Sweep", "Feedback")
ASYNCHRONOUS = ("Notify", "Sweep", "Feedback")
SMTP = {"Mail": "smtps://mail.example.com:465", "MailSecret": "arn:aws:secretsmanager:example"}
CHINA = {"Partition": "aws-cn", "Cdn": "off"} | SMTP


def lint(template: dict[str, Any], region: str, folder: Path) -> str:
    """What cfn-lint finds; W3005 is osls's own habit of naming a dependency twice."""
    path = folder / "template.json"
    path.write_text(json.dumps(template), encoding="utf-8")
    command = [sys.executable, "-m", "cfnlint", "--ignore-checks", "W3005"]
    command += ["--regions", region, "--template", str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout


def statements(resources: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each statement of each role, with the role's name."""
    for name, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"]["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield name, statement


def listed(value: Any) -> list[Any]:
    """IAM takes one or a list; a list."""
    return value if isinstance(value, list) else [value]


def test_template_is_clean(packaged: Packaged, tmp_path: Path) -> None:
    """cfn-lint finds nothing, on AWS and on what is left of the template in China."""
    assert lint(packaged.template, "eu-central-1", tmp_path) == ""
    assert lint(resolve(packaged.template, **CHINA), "cn-northwest-1", tmp_path) == ""


@pytest.mark.parametrize(
    ("partition", "cdn", "mail"), [*product(("aws", "aws-cn"), ("on", "off"), ({}, SMTP))]
)
def test_conditions_leave_no_loose_end(
    partition: str, cdn: str, mail: dict[str, str], packaged: Packaged
) -> None:
    """In either partition, with and without CloudFront and SES, every reference leads somewhere."""
    values = {"Partition": partition, "Cdn": cdn} | mail
    template = resolve(packaged.template, **values)
    there = {*template["Resources"], *template["Parameters"]}
    assert set(references([template["Resources"], template["Outputs"]])) <= there


def test_china_has_what_it_lacks_left_out(packaged: Packaged) -> None:
    """In aws-cn no SES, without CDN no CloudFront; the API's address and the buckets are told."""
    template = resolve(packaged.template, **CHINA)
    services = {one["Type"].split("::")[1] for one in template["Resources"].values()}
    assert not services & {"SES", "CloudFront"}
    assert {"ApiUrl", "SiteBucket", "ContractsBucket", "Table"} <= set(template["Outputs"])
    environment = template["Resources"]["IntakeLambdaFunction"]["Properties"]["Environment"]
    assert environment["Variables"]["OMBUD_MAIL"] == {"Fn::Sub": "${Mail}?secret=${MailSecret}"}


def test_no_partition_is_written_out(packaged: Packaged) -> None:
    """Every ARN takes its partition from where it is deployed."""
    assert "arn:aws" not in json.dumps(packaged.template["Resources"])


def test_roles_have_no_star(packaged: Packaged) -> None:
    """A role names its actions and resources; a star ends only a log group's or object's ARN."""
    for name, statement in statements(resolve(packaged.template)["Resources"]):
        assert statement["Effect"] == "Allow", name
        assert not any("*" in action for action in listed(statement["Action"])), name
        for resource in listed(statement["Resource"]):
            text = json.dumps(resource).replace(":*", "").replace("${ContractsBucket.Arn}/*", "")
            text = re.sub(r"\$\{AttachmentsBucket\.Arn\}/([a-z]+/)?\*", "", text)
            assert "*" not in text, (name, resource)


CASES = {
    "dynamodb:ConditionCheckItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:GetObject",
    "s3:ListBucket",
    "secretsmanager:GetSecretValue",
}
ENDS = {"dynamodb:DeleteItem", "dynamodb:Scan"}
LISTS = {"dynamodb:BatchGetItem", "dynamodb:Query"}
FILES = {"s3:DeleteObject", "s3:PutObject"}
SENDS = {"ses:SendEmail", "ses:SendRawEmail"}
STREAM = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
}


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("Intake", CASES | {"dynamodb:Query", "s3:PutObject"}),
        ("Desk", CASES | SENDS | LISTS | {"s3:PutObject"}),
        ("Notify", CASES | SENDS | STREAM | {"dynamodb:Query", "sqs:SendMessage", "s3:PutObject"}),
        ("Sweep", CASES | SENDS | LISTS | ENDS | {"sqs:SendMessage"} | FILES),
        ("Feedback", CASES | {"sqs:SendMessage"}),
    ],
)
def test_role_allows_no_more(name: str, actions: set[str], packaged: Packaged) -> None:
    """Each role allows what its function does; by SMTP nobody may use SES."""
    for mail, allowed in (({}, actions), (SMTP, actions - SENDS)):
        resources = resolve(packaged.template, **mail)["Resources"]
        given = {
            action
            for role, statement in statements(resources)
            for action in listed(statement["Action"])
            if role == f"{name}Role"
        }
        assert given == (allowed if f"{name}Role" in resources else set())


def test_sweeps_do_not_overlap(packaged: Packaged) -> None:
    """Two at once would send a reminder twice: the one before has ended when the next may begin."""
    sweep = packaged.resources["SweepLambdaFunction"]["Properties"]
    assert sweep["ReservedConcurrentExecutions"] == 1
    assert sweep["Timeout"] < 120


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_its_own(name: str, packaged: Packaged) -> None:
    """Each function has a role, a log that ends, a reserved concurrency and its alarms."""
    resources = packaged.resources
    function = resources[f"{name}LambdaFunction"]["Properties"]
    assert function["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert function["ReservedConcurrentExecutions"] > 0
    assert resources[f"{name}LogGroup"]["Properties"]["RetentionInDays"] == 90
    watched = {
        alarm["MetricName"]
        for alarm in packaged.of_type("AWS::CloudWatch::Alarm").values()
        if {"Name": "FunctionName", "Value": {"Ref": f"{name}LambdaFunction"}}
        in alarm["Dimensions"]
    }
    assert watched >= {"Errors", "Throttles"}


def test_own_metrics_ring(packaged: Packaged) -> None:
    """Alarms on our own metrics name what the functions count, by the stack's name."""
    own = {
        alarm["MetricName"]: alarm["Dimensions"]
        for alarm in packaged.of_type("AWS::CloudWatch::Alarm").values()
        if alarm["Namespace"] == NAMESPACE
    }
    stack = [{"Name": "Stack", "Value": {"Ref": "AWS::StackName"}}]
    assert own == {"MailsFailed": stack, "LookupsNotFound": stack, "OldestOwedMail": stack}
    assert own.keys() <= {*get_args(Counted), *get_args(Measured)}


def test_every_alarm_is_documented(packaged: Packaged) -> None:
    """Whoever gets an alarm finds in the operations guide what it means and what to do."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, resource in packaged.resources.items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            assert f"`{name}`" in guide


@pytest.mark.parametrize("name", ASYNCHRONOUS)
def test_failed_event_is_kept(name: str, packaged: Packaged) -> None:
    """What a function gives up on lies in its own queue, which rings; it may write there only."""
    queue = {"Fn::GetAtt": [f"{name}Failures", "Arn"]}
    function = packaged.resources[f"{name}LambdaFunction"]["Properties"]
    (source,) = packaged.of_type("AWS::Lambda::EventSourceMapping").values()
    failed = source["DestinationConfig"]["OnFailure"]["Destination"]
    kept = failed if name == "Notify" else function["DeadLetterConfig"]["TargetArn"]
    assert kept == queue
    alarm = packaged.resources[f"{name}GaveUp"]["Properties"]
    assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": [f"{name}Failures", "QueueName"]}
    sends = [
        statement["Resource"]
        for role, statement in statements(resolve(packaged.template)["Resources"])
        if role == f"{name}Role" and statement["Action"] == "sqs:SendMessage"
    ]
    assert sends == [queue]


def test_stream_retries_only_what_failed(packaged: Packaged) -> None:
    """A batch is retried from the record that failed, split, so often, and new mails only."""
    (source,) = packaged.of_type("AWS::Lambda::EventSourceMapping").values()
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert source["MaximumRetryAttempts"] == 5
    (pattern,) = source["FilterCriteria"]["Filters"]
    assert json.loads(pattern["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "MAIL#"}]}}},
    }


def test_environment_is_what_the_settings_read(packaged: Packaged) -> None:
    """Each function gets exactly the variables of functions/settings.py."""
    names = ("STORE", "CONTRACTS", "MAIL", "MAIL_FROM", "SITE_URL", "KEY", "ATTACHMENTS", "SCAN")
    wanted = {f"OMBUD_{name}" for name in (*names, "DATA_KEY")}
    places = {"OMBUD_CONTRACTS": "s3://c", "OMBUD_ATTACHMENTS": "s3://a", "OMBUD_SCAN": "none"}
    mail = {"OMBUD_MAIL": "ses:s", "OMBUD_MAIL_FROM": "a@ombud.example.com"}
    others = {"OMBUD_STORE": "dynamodb:t", "OMBUD_SITE_URL": "https://ombud.example.com"}
    keys = dict.fromkeys(("OMBUD_KEY", "OMBUD_DATA_KEY"), "00" * 32)
    good = keys | places | mail | others
    assert good.keys() == wanted
    environment_settings(good)
    for function in packaged.of_type("AWS::Lambda::Function").values():
        given = function["Environment"]["Variables"]
        assert {name for name in given if name.startswith("OMBUD_")} == wanted


def test_every_setting_is_an_output(packaged: Packaged) -> None:
    """The stack tells what its functions read, so that commands on it need nothing else."""
    outputs = packaged.template["Outputs"]
    function = packaged.resources["IntakeLambdaFunction"]["Properties"]
    for name, value in function["Environment"]["Variables"].items():
        if name.startswith("OMBUD_"):
            assert outputs[output_of(name)] == {"Value": value}


@pytest.mark.parametrize("name", ["SiteBucket", "ContractsBucket", "AttachmentsBucket"])
def test_bucket_is_closed(name: str, packaged: Packaged) -> None:
    """Private, versioned, encrypted, kept when the stack goes, and over TLS only."""
    resource = packaged.resources[name]
    bucket = resource["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert resource["DeletionPolicy"] == "Retain"
    policy = packaged.resources[f"{name}Policy"]["Properties"]["PolicyDocument"]
    deny = policy["Statement"][0]
    assert (deny["Effect"], deny["Principal"], deny["Action"]) == ("Deny", "*", "s3:*")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_attachments_are_posted_from_the_site_alone(packaged: Packaged) -> None:
    """Only the site's pages may send files, none may read any, and what is unclaimed expires."""
    bucket = packaged.resources["AttachmentsBucket"]["Properties"]
    (rule,) = bucket["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Fn::Sub": "https://${Domain}"}]
    assert rule["AllowedMethods"] == ["POST"]
    expiring = bucket["LifecycleConfiguration"]["Rules"][0]
    assert expiring["Prefix"] == f"{UPLOADS}/"
    assert expiring["ExpirationInDays"] > LONGEST_CLAIM.days


def test_attachments_are_reached_by_place(packaged: Packaged) -> None:
    """Intake and desk hand files out; desk, mails and sweep add some; the sweep alone deletes."""
    rights = {
        (role, action, resource["Fn::Sub"].removeprefix("${AttachmentsBucket.Arn}/"))
        for role, statement in statements(resolve(packaged.template)["Resources"])
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
        if isinstance(resource, dict) and "AttachmentsBucket" in str(resource.get("Fn::Sub"))
    }
    assert {right[1:] for right in rights if right[0] == "IntakeRole"} == {
        ("s3:GetObject", "cleared/*"),
        ("s3:GetObject", "waiting/*"),
        ("s3:GetObject", "uploads/*"),
        ("s3:PutObject", "uploads/*"),
    }
    assert {role for role, action, _ in rights if action == "s3:DeleteObject"} == {"SweepRole"}
    assert not {role for role, _, _ in rights} - {
        "IntakeRole",
        "DeskRole",
        "NotifyRole",
        "SweepRole",
    }
    assert {right[1:] for right in rights if right[0] == "DeskRole"} == {
        ("s3:GetObject", "cleared/*"),
        ("s3:GetObject", "waiting/*"),
        ("s3:GetObject", "uploads/*"),
        ("s3:PutObject", "uploads/*"),
        ("s3:PutObject", "waiting/*"),
    }


def test_history_may_be_read(packaged: Packaged) -> None:
    """Whoever shows or mails what happened to a case may query the table's own rows."""
    may = {
        role
        for role, statement in statements(resolve(packaged.template)["Resources"])
        if "dynamodb:Query" in listed(statement["Action"])
        and statement["Resource"] == {"Fn::GetAtt": ["Table", "Arn"]}
    }
    assert may == {"IntakeRole", "DeskRole", "NotifyRole", "SweepRole"}


def test_table_is_the_adapters(packaged: Packaged) -> None:
    """Keys, index, time to live and stream are as the DynamoDB adapter uses them; all is kept."""
    resource = packaged.resources["Table"]
    table = resource["Properties"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    assert {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in table["GlobalSecondaryIndexes"]
    } == {
        "owed-due": ["owed", "due_at"],
        "owed-since": ["owed", "owed_at"],
        "listed-sort": ["listed", "sort"],
    }
    for index in table["GlobalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"]["SSEType"] == "KMS"
    assert table["DeletionProtectionEnabled"] is True
    assert resource["DeletionPolicy"] == "Retain"


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
    assert config["DefaultCacheBehavior"]["TargetOriginId"] == "site"
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
    addresses, and the filer's words would be gone.
    """
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    replaced = {entry["ErrorCode"] for entry in config["CustomErrorResponses"]}
    answered = statuses(ROOT / "functions" / "web") | statuses(ROOT / "functions" / "cases")
    assert {400, 404, 410, 413, 415, 422, 429, 503} <= answered
    assert replaced & answered == set()


def test_missing_page_is_our_own(packaged: Packaged, built: Path) -> None:
    """S3 answers 403 for a missing page, as CloudFront may not list it, and that becomes ours."""
    config = packaged.resources["Distribution"]["Properties"]["DistributionConfig"]
    (entry,) = config["CustomErrorResponses"]
    assert (entry["ErrorCode"], entry["ResponseCode"]) == (403, 404)
    page = (built / entry["ResponsePagePath"].lstrip("/")).read_text("utf-8")
    assert "没有这个页面" in page
    policy = packaged.resources["SiteBucketPolicy"]["Properties"]["PolicyDocument"]
    allowed = [one for one in policy["Statement"] if one.get("Effect") != "Deny"]
    assert '"s3:GetObject"' in json.dumps(allowed)
    assert "s3:ListBucket" not in json.dumps(allowed)


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


def test_api_is_throttled_and_logs_nothing_personal(packaged: Packaged) -> None:
    """The stage has a limit; its log holds neither addresses, paths nor query strings."""
    (stage,) = packaged.of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"] == {"ThrottlingRateLimit": 20, "ThrottlingBurstLimit": 40}
    format_ = stage["AccessLogSettings"]["Format"]
    assert not any(word in format_ for word in ("sourceIp", "path", "querystring", "userAgent"))
