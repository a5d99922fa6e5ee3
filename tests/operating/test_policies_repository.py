"""The example of a repository of policies: its pipelines are valid, and each of their steps is run.

Not run, since there is no account here: fetching the wheel, the token and the role of AWS.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from typer.testing import CliRunner

from cli.app import app
from site_src.places import ROOT
from tests.helpers.operating.installed import alone

EXAMPLE = ROOT / "examples" / "policies-repository"
GITHUB = yaml.safe_load((EXAMPLE / ".github/workflows/policies.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((EXAMPLE / ".gitlab-ci.yml").read_text("utf-8"))
NOT_RUN = ("Install",)
"""Steps that fetch the wheel."""

NEEDED_FOR = {
    "GetObject": "s3:GetObject",
    "HeadObject": "s3:GetObject",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
    "ListObjectsV2": "s3:ListBucket",
    "CreateInvalidation": "cloudfront:CreateInvalidation",
}
"""The action that IAM asks for, by operation of the API."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone of the example, with a remote to push to."""
    return cloned(tmp_path)


def cloned(tmp_path: Path) -> Path:
    """A clone of the example below a folder, with a remote to push to."""
    origin, folder = tmp_path / "origin.git", tmp_path / "checkout"
    shutil.copytree(EXAMPLE, folder)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(origin))
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "-A"),
        ("commit", "-q", "-m", "First"),
        ("remote", "add", "origin", str(origin)),
        ("push", "-q", "-u", "origin", "main"),
    ):
        git(folder, *arguments)
    return folder


def git(folder: Path, *arguments: str) -> str:
    """What a command of git prints."""
    author = ["-c", "user.name=Clerk", "-c", "user.email=clerk@example.com"]
    command = ["git", *author, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def run(script: str, folder: Path, ombud: Path, **variables: str) -> str:
    """Runs a step as a runner does; what it prints. Fails with its output."""
    path = f"{folder.parent}:{ombud.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=alone() | {"PATH": path, "LC_ALL": "C.UTF-8"} | variables,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def proposed(ombud: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A clone with a next version that has another telephone number, and the published site."""
    folder = tmp_path_factory.mktemp("proposed")
    checkout, www = cloned(folder), folder / "www"
    run(f"ombud deploy --to {www}", checkout, ombud, OMBUD_SITE_URL="https://ombud.example.com")
    run("ombud revise example-bookshop", checkout, ombud)
    for name in ("policy.yaml", "procedure.md"):
        file = checkout / "policies" / "example-bookshop" / name
        text = file.read_text(encoding="utf-8").replace("400-000-0000", "400-000-0001")
        file.write_text(text, encoding="utf-8")
    with serving(partial(_Quiet, directory=str(www))) as address:
        yield checkout, address


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class serving:  # noqa: N801 - used as a function
    """Serves with a handler in a thread."""

    def __init__(self, handler: Any) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        """Its address."""
        threading.Thread(target=self._server.serve_forever).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        (("vendor.github-workflows",), ".github/workflows/policies.yml"),
        (("vendor.gitlab-ci", "--data-transform", "gitlab-ci"), ".gitlab-ci.yml"),
    ],
)
def test_pipelines_are_valid(schema: tuple[str, ...], file: str) -> None:
    """Each keeps to the schema of its host."""
    program = Path(sys.executable).with_name("check-jsonschema")
    command = [str(program), "--builtin-schema", *schema, str(EXAMPLE / file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_github_checks_previews_and_comments(
    proposed: tuple[Path, str], ombud: Path, tmp_path: Path
) -> None:
    """The steps of a pull request: each is run; the comment says in words what changes."""
    checkout, published = proposed
    gh = checkout.parent / "gh"
    gh.write_text('#!/bin/sh\necho "$@" >"$OUT"\ncat comment.md >>"$OUT"\n', encoding="utf-8")
    gh.chmod(0o755)
    steps = [step for step in GITHUB["jobs"]["check"]["steps"] if "run" in step]
    assert [step["name"] for step in steps] == [
        "Install",
        "Check",
        "Preview",
        "Difference",
        "Comment",
    ]
    for step in steps:
        if step["name"] not in NOT_RUN:
            variables = {"OMBUD_SITE_URL": published, "NUMBER": "7", "OUT": str(tmp_path / "said")}
            run(step["run"], checkout, ombud, **variables)
    assert (checkout / "preview" / "example-bookshop" / "index.html").is_file()
    call, *comment = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert call == "pr comment 7 --edit-last --create-if-none --body-file comment.md"
    assert comment[0] == "What the public will see differently:"
    assert "400-000-0001" in "\n".join(comment)


def test_gitlab_checks_previews_and_comments(proposed: tuple[Path, str], ombud: Path) -> None:
    """The same on GitLab; the note is posted to its API with the project's token."""
    checkout, published = proposed
    notes: list[tuple[str, str | None, Any]] = []

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Takes a note."""
            content = self.rfile.read(int(self.headers["Content-Length"]))
            notes.append((self.path, self.headers["PRIVATE-TOKEN"], json.loads(content)))
            self.send_response(201)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    with serving(Api) as api:
        variables = {
            "OMBUD_SITE_URL": published,
            "CI_API_V4_URL": api,
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7",
            "NOTES_TOKEN": "token",
        }
        for job in ("check", "difference"):
            for script in GITLAB[job]["script"]:
                run(script, checkout, ombud, **variables)
    ((path, token, note),) = notes
    assert (path, token) == ("/projects/3/merge_requests/7/notes", "token")
    assert "400-000-0001" in note["body"]
    assert (checkout / "preview" / "example-bookshop" / "index.html").is_file()


def test_both_publish_to_s3_and_record(checkout: Path, ombud: Path, ministack: str) -> None:
    """What is merged lies in the buckets afterwards, and the record is committed and pushed."""
    s3 = boto3.client("s3")
    for bucket in ("site", "contracts"):
        location: Any = {"LocationConstraint": "eu-central-1"}
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=location)
    variables = {
        "OMBUD_SITE_URL": "https://ombud.example.com",
        "SITE_BUCKET": "site",
        "CONTRACTS_BUCKET": "contracts",
        "DISTRIBUTION": "E1",
    }
    steps = {step.get("name"): step for step in GITHUB["jobs"]["publish"]["steps"]}
    publish = steps["Publish"]["run"]
    _, other = GITLAB["publish"]["script"]
    assert " ".join(publish.replace("\\\n", " ").split()) == " ".join(other.split())
    run(publish.replace("--distribution", "# --distribution"), checkout, ombud, **variables)
    page = s3.get_object(Bucket="site", Key="example-bookshop/index.html")
    assert b"Example Bookshop" in page["Body"].read()
    for _ in range(2):
        run(steps["Record"]["run"], checkout, ombud)
    assert git(checkout, "log", "--format=%s", "origin/main").splitlines() == [
        "Record what was published",
        "First",
    ]
    assert "policies/published.json" in git(checkout, "ls-files")


def test_role_has_exactly_the_rights_that_a_deploy_needs(
    checkout: Path, ministack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of a deploy, with a removal, is allowed by the written policy, and no other is."""
    s3 = boto3.client("s3")
    for bucket in ("site", "contracts"):
        location: Any = {"LocationConstraint": "eu-central-1"}
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=location)
    called: set[str] = set()
    original = "botocore.client.BaseClient._make_api_call"
    from botocore.client import BaseClient

    make = BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001

    def noting(self: Any, operation: str, values: Any) -> Any:
        called.add(operation)
        if operation == "CreateInvalidation":
            return {}  # the emulator has no distribution
        return make(self, operation, values)

    monkeypatch.setattr(original, noting)
    policies = checkout / "policies"
    options = ["--to", "s3://site", "--contracts", "s3://contracts", "--distribution", "E1"]
    options += ["--site-url", "https://ombud.example.com", "--policies", str(policies)]
    assert CliRunner().invoke(app, ["deploy", *options]).exit_code == 0
    shutil.rmtree(policies / "example-bookshop")
    gone = CliRunner().invoke(app, ["deploy", *options, "--remove", "example-bookshop"])
    assert gone.exit_code == 0, gone.output
    needed = {NEEDED_FOR[operation] for operation in called}
    allowed: set[str] = set()
    for statement in json.loads((EXAMPLE / "aws/publish-policy.json").read_bytes())["Statement"]:
        actions = statement["Action"]
        allowed |= {actions} if isinstance(actions, str) else set(actions)
    # Without the right to list, S3 answers 403 in place of 404 where a file is missing.
    assert needed | {"s3:ListBucket"} == allowed


def test_only_the_main_branch_may_assume_the_role() -> None:
    """Both trust policies bind audience, repository and branch."""
    for name in ("github", "gitlab"):
        content = json.loads((EXAMPLE / "aws" / f"trust-{name}.json").read_bytes())
        (statement,) = content["Statement"]
        assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
        conditions = statement["Condition"]["StringEquals"]
        parts = {key.rpartition(":")[2]: value for key, value in conditions.items()}
        assert parts["aud"] == "sts.amazonaws.com"
        assert parts["sub"].endswith(("refs/heads/main", "ref_type:branch:ref:main"))
