"""Run the two validators of Office documents: Microsoft's Open XML SDK (npm) and openxml-audit (PyPI)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

SDK = Path(__file__).parent / "node_modules" / ".bin" / "ooxml-validator"


def sdk_findings(docx: str | Path) -> list[str]:
    """List what the Open XML SDK finds wrong as "part: message"; skip the test where node is missing, but not in CI."""
    if shutil.which("node") is None or not SDK.exists():
        if "CI" in os.environ:
            raise RuntimeError("The Open XML SDK is missing: install node, and run npm ci in tests.")
        pytest.skip("the Open XML SDK needs node, and npm ci in tests")
    done = subprocess.run([str(SDK), str(docx)], capture_output=True, encoding="utf-8")
    if not done.stdout:
        raise RuntimeError(done.stderr)
    result = json.loads(done.stdout)
    found = [f"{error['path']}: {error['description']}" for error in result["errors"]]
    return found or ([] if result["ok"] else ["not valid, without a reason"])


def audit_findings(docx: str | Path) -> list[str]:
    """List what openxml-audit finds wrong."""
    return [str(error) for error in OpenXmlValidator().validate(str(docx)).errors]
