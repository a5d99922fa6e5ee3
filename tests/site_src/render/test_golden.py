"""Golden output: every file of every organisation's site.

`make golden` rewrites it; the diff of a commit then shows what the public will see.
"""

from pathlib import Path

import pytest

from site_src.authoring.editor_schemas import SCHEMAS
from site_src.places import POLICIES
from site_src.policy.model.policy import Policy
from tests.helpers.places import GOLDEN
from tests.helpers.sample_policies import ORGANISATIONS


def output(built: Path, organisation: str) -> dict[str, str]:
    """The files of an organisation in both languages."""
    return {
        path.relative_to(built).as_posix(): path.read_text(encoding="utf-8")
        for folder in (built / organisation, built / "en" / organisation)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stored(organisation: str) -> dict[str, str]:
    """The golden files of an organisation."""
    folder = GOLDEN / organisation
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_site_is_golden(built: Path, organisation: str, request: pytest.FixtureRequest) -> None:
    """Every page and data file matches its golden file."""
    made = output(built, organisation)
    if request.config.getoption("--update-golden"):
        for name in stored(organisation).keys() - made.keys():
            (GOLDEN / organisation / name).unlink()
        for name, content in made.items():
            path = GOLDEN / organisation / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    golden = stored(organisation)
    assert sorted(made) == sorted(golden)
    for name, content in made.items():
        assert content == golden[name], f"{name} differs; if that is meant, run `make golden`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_current(name: str, request: pytest.FixtureRequest) -> None:
    """The schemas that editors use are generated from the models."""
    file, content = POLICIES / name, SCHEMAS[name]()
    if request.config.getoption("--update-golden"):
        file.write_text(content, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == content


def test_policy_json_has_the_fixed_keys(built: Path) -> None:
    """policy.json keeps the keys that other programs rely on."""
    import json

    for organisation in ORGANISATIONS:
        content = json.loads((built / organisation / "policy.json").read_text(encoding="utf-8"))
        for key in ("id", "title", "version", "kinds", "channels", "categories", "steps"):
            assert key in content
        assert "reviews" in content
        for limit in content["limits"]:
            wanted = {"kind", "value", "unit", "from", "action", "role", "clause"}
            assert wanted <= limit.keys()
    assert Policy.model_config["frozen"]
