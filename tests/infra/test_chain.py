"""The whole chain on AWS: page, function, DynamoDB, stream, function, mail server."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3

from tests.conftest import KEY
from tests.helpers.filings import APPEAL
from tests.helpers.lambdas import event
from tests.helpers.servers.dynamodb_local import client_at
from tests.helpers.servers.mail_server import Sink, mail_server
from tests.helpers.servers.runtime_api import Unpacked, running

SITE_URL = "https://ombud.example.com"


def records(address: str, stream: str) -> Iterator[dict[str, Any]]:
    """What the table's stream tells, as Lambda's poller would hand it over."""
    client = boto3.client("dynamodbstreams", endpoint_url=address)
    for shard in client.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]:
        iterator = client.get_shard_iterator(
            StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        for record in client.get_records(ShardIterator=iterator)["Records"]:
            del record["dynamodb"]["ApproximateCreationDateTime"]
            yield record | {"eventSourceARN": stream}


def submitted(page: Path) -> dict[str, Any]:
    """The event of a browser that sends the form of `page`, with every word typed."""
    html = page.read_text(encoding="utf-8")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert set(hidden) == {"contract", "language"}
    body = b64encode(urlencode(hidden | APPEAL).encode()).decode()
    return event("form_base64") | {"body": body}


def test_from_page_to_mail(
    unpacked: Unpacked, built: Path, ministack: str, dynamodb: str, table: str
) -> None:
    """What is sent from a page is stored once, mailed to filer and staff, and can be looked up."""
    s3 = boto3.client("s3")
    s3.create_bucket(
        Bucket="contracts", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    contracts = built / "contracts"
    for path in contracts.rglob("*.json"):
        key = path.relative_to(contracts).as_posix()
        s3.put_object(Bucket="contracts", Key=key, Body=path.read_bytes())
    described = client_at(dynamodb).update_table(
        TableName=table,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    stream = described["TableDescription"]["LatestStreamArn"]
    sink = Sink()
    with mail_server(sink) as port:
        settings = {
            "AWS_ENDPOINT_URL_DYNAMODB": dynamodb,
            "AWS_ENDPOINT_URL_S3": ministack,
            "OMBUD_STORE": f"dynamodb:{table}",
            "OMBUD_CONTRACTS": "s3://contracts",
            "OMBUD_MAIL": f"smtp://127.0.0.1:{port}",
            "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
            "OMBUD_ATTACHMENTS": "s3://attachments",
            "OMBUD_SITE_URL": SITE_URL,
            "OMBUD_KEY": KEY.hex(),
        }
        filing = submitted(built / "accreditation-body" / "appeal" / "index.html")
        with running("functions.intake.handler", unpacked, settings) as intake:
            answers = [intake.invoke(filing) for _ in range(2)]
            assert [answer["statusCode"] for answer in answers] == [303, 303]
            references = {answer["headers"]["location"].split(".")[0] for answer in answers}
            assert len(references) == 1
            with running("functions.notify.handler", unpacked, settings) as notify:
                batch = {"Records": list(records(dynamodb, stream))}
                assert notify.invoke(batch) == {"batchItemFailures": []}
                assert notify.invoke(batch) == {"batchItemFailures": []}
            mails = {str(mail["To"]): mail for mail in sink.messages()}
            assert len(sink.messages()) == 2
            assert set(mails) == {"zhang@example.com", "office@accreditation.example.com"}
            body = mails["zhang@example.com"].get_body(("plain",))
            assert body is not None
            text = body.get_content()
            reference = references.pop().rpartition("=")[2]
            assert reference in text
            assert APPEAL["account"] not in text
            code = re.search(r"\b[2-9A-Z]{5}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", text)
            assert code is not None
            asked = event("json_plain") | {"rawPath": "/cases/status"}
            asked["requestContext"]["http"]["path"] = "/cases/status"
            asked["body"] = json.dumps({"reference": reference, "access_code": code[0]})
            found = intake.invoke(asked)
            assert found["statusCode"] == 200
            assert json.loads(found["body"])["reference"] == reference
