"""Whatever a program sends that fits or breaks the description: no fault, and only answers that stand in it."""

import subprocess

import pytest

from tests.journeys.system import System
from tests.plugin import ROOT

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = "12"
EMPLOYEE = "tove.taalmod"


def key_of(town: System, kind: str) -> str:
    return {"system": str(town.demo["api_key"]), "personal": str(town.login(EMPLOYEE)["api_key"]), "none": ""}[kind]


@pytest.mark.parametrize("kind", ["system", "personal", "none"])
def test_every_answer_stands_in_the_description(town: System, kind: str):
    key = key_of(town, kind)
    arguments = [
        str(ROOT / ".venv" / "bin" / "schemathesis"),
        "--config-file=/dev/null",
        "run",
        f"{town.url}/api/v1/openapi.json",
        f"--checks={CHECKS}",
        f"--max-examples={EXAMPLES}",
        "--phases=examples,coverage,fuzzing",
        "--generation-deterministic",
        "--continue-on-failure",
        "--no-color",
        "--no-shrink",
        "--warnings=off",
        *(["--header", f"Authorization: Bearer {key}"] if key else []),
    ]
    run = subprocess.run(arguments, cwd=town.data, capture_output=True, text=True, check=False, timeout=240)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-1000:]
    if kind == "personal":
        assert town.api("PUT", "/work/state", {"state": "offline"}, key=key)[0] == 200
