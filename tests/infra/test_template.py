"""The template that osls writes: checked whole, without AWS."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest

from functions.bootstrap import environment_settings
from functions.cases.ports.file_storage import UPLOADS
from functions.cases.retention import LONGEST_CLAIM
from functions.observability.metrics import NAMESPACE, Counted, Measured
from functions.settings import output_of
from infra.package import ROOT
from tests.helpers.cloudformation import references, resolve
from tests.helpers.packaged import Packaged

FUNCTIONS = ("Intake", "Desk", "Notify", "Sweep", "Tidy", "Feedback")
ASYNCHRONOUS = ("Notify", "Sweep", "Tidy", "Feedback")
CFN_LINT = Path(sys.executable).with_name("cfn-lint")
SECRET = "arn:aws-cn:secretsmanager:cn-northwest-1:123456789012:secret:mail"
SMTP = {"Mail": "smtps://mail.example.com:465", "MailSecret": SECRET}
CHINA = {"Partition": "aws-cn", "Cdn": "off"} | SMTP


def lint(template: dict[str, Any], region: str, folder: Path, *ignored: str) -> str:
    """What cfn-lint finds; W3005 is osls's own habit of naming a dependency twice."""
    path = folder / "template.json"
    path.write_text(json.dumps(template), encoding="utf-8")
    command = [str(CFN_LINT), "--ignore-checks", "W3005", *ignored, "--regions", region]
    result = subprocess.run([*command, "--template", str(path)], capture_output=True, text=True)
    assert (result.returncode == 0) == (result.stdout == ""), result.stderr
    return result.stdout


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
    # Parameters of what was left out are unused there.
    assert lint(resolve(packaged.template, **CHINA), "cn-northwest-1", tmp_path, "W2001") == ""


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
TAGS = {"s3:GetObjectTagging", "s3:PutObjectTagging"}
"""Of S3, whoever copies an object with tags, such as GuardDuty's, needs both."""
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
        ("Intake", CASES | {"dynamodb:Query", "dynamodb:Scan", "s3:PutObject"}),
        ("Desk", CASES | SENDS | LISTS | TAGS | {"s3:PutObject"}),
        (
            "Notify",
            CASES | SENDS | STREAM | TAGS | {"dynamodb:Query", "sqs:SendMessage", "s3:PutObject"},
        ),
        ("Sweep", CASES | SENDS | LISTS | ENDS | TAGS | {"sqs:SendMessage"} | FILES),
        (
            "Tidy",
            CASES
            - {"dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}
            - {"s3:GetObject"}
            | {"dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:Scan"}
            | {"s3:DeleteObject", "sqs:SendMessage"},
        ),
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


def concurrency(value: Any, packaged: Packaged) -> int:
    """The reserved concurrency of a function without any option given."""
    if isinstance(value, dict):
        value = packaged.template["Parameters"][value["Ref"]]["Default"]
    return int(value)


def test_account_needs_what_the_guide_says(packaged: Packaged) -> None:
    """The guide names the sum of what is reserved, and the 100 that AWS keeps free."""
    reserved = sum(
        concurrency(function["ReservedConcurrentExecutions"], packaged)
        for function in packaged.of_type("AWS::Lambda::Function").values()
    )
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert f"is at least {reserved + 100} ({reserved} are reserved, AWS keeps 100 free)" in guide


def test_sweeps_do_not_overlap(packaged: Packaged) -> None:
    """Two at once would send a reminder twice: the one before has ended when the next may begin."""
    sweep = packaged.resources["SweepLambdaFunction"]["Properties"]
    assert sweep["ReservedConcurrentExecutions"] == 1
    assert sweep["Timeout"] < 120


def test_tidying_holds_up_no_sweep(packaged: Packaged) -> None:
    """They are two functions, each with one instance and a schedule of its own."""
    schedules = packaged.of_type("AWS::Events::Rule").values()
    assert {
        target["Arn"]["Fn::GetAtt"][0]: (rule["ScheduleExpression"], target.get("Input"))
        for rule in schedules
        for target in rule["Targets"]
    } == {
        "SweepLambdaFunction": ("rate(2 minutes)", None),
        "TidyLambdaFunction": ("rate(6 hours)", None),
    }
    tidy = packaged.resources["TidyLambdaFunction"]["Properties"]
    assert tidy["ReservedConcurrentExecutions"] == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_its_own(name: str, packaged: Packaged) -> None:
    """Each function has a role, a log that ends, a reserved concurrency and its alarms."""
    resources = packaged.resources
    function = resources[f"{name}LambdaFunction"]["Properties"]
    assert function["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert concurrency(function["ReservedConcurrentExecutions"], packaged) > 0
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
    assert own == dict.fromkeys(
        ("MailsFailed", "LookupsNotFound", "OldestOwedMail", "RequestsLimited"), stack
    )
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
    """Intake and desk hand files out; desk, mails and sweep add some; sweep and tidying delete."""
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
    deleting = {role for role, action, _ in rights if action == "s3:DeleteObject"}
    assert deleting == {"SweepRole", "TidyRole"}
    assert not {role for role, _, _ in rights} - {
        "IntakeRole",
        "DeskRole",
        "NotifyRole",
        "SweepRole",
        "TidyRole",
    }
    assert {right[1:] for right in rights if right[0] == "DeskRole"} == {
        ("s3:GetObject", "cleared/*"),
        ("s3:GetObject", "waiting/*"),
        ("s3:GetObject", "uploads/*"),
        ("s3:GetObjectTagging", "uploads/*"),
        ("s3:PutObject", "uploads/*"),
        ("s3:PutObject", "waiting/*"),
        ("s3:PutObjectTagging", "waiting/*"),
    }


def test_nobody_gets_what_a_scanner_tagged(packaged: Packaged) -> None:
    """What hands files out may not read what GuardDuty found, where it scans the bucket."""
    tagged = {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "THREATS_FOUND"}
    for role, statement in statements(resolve(packaged.template)["Resources"]):
        places = json.dumps(statement["Resource"])
        if role in ("IntakeRole", "DeskRole") and "s3:GetObject" in listed(statement["Action"]):
            if "/cleared/" in places:
                assert statement["Condition"] == {"StringNotEquals": tagged}
            else:
                assert "/waiting/" not in places


def test_history_may_be_read(packaged: Packaged) -> None:
    """Whoever shows, mails or deletes what happened to a case may query the table's own rows."""
    may = {
        role
        for role, statement in statements(resolve(packaged.template)["Resources"])
        if "dynamodb:Query" in listed(statement["Action"])
        and statement["Resource"] == {"Fn::GetAtt": ["Table", "Arn"]}
    }
    assert may == {"IntakeRole", "DeskRole", "NotifyRole", "SweepRole", "TidyRole"}


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


def test_what_holds_data_is_kept(packaged: Packaged) -> None:
    """The stack policy lets no update replace or delete what a deployment could not bring back."""
    policy = json.loads((ROOT / "infra" / "stack-policy.json").read_text(encoding="utf-8"))
    allow, deny = policy["Statement"]
    assert (allow["Effect"], allow["Action"], allow["Resource"]) == ("Allow", ["Update:*"], "*")
    assert (deny["Effect"], deny["Action"]) == ("Deny", ["Update:Replace", "Update:Delete"])
    held = {name.removeprefix("LogicalResourceId/") for name in deny["Resource"]}
    kinds = {"AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket"}
    kinds |= {"AWS::SecretsManager::Secret"}
    resources = packaged.resources
    of_osls = {"ServerlessDeploymentBucket"}
    holding = {name for name, one in resources.items() if one["Type"] in kinds} - of_osls
    assert held == holding
    for name in held:
        assert resources[name]["DeletionPolicy"] == "Retain"
        assert resources[name]["UpdateReplacePolicy"] == "Retain"
