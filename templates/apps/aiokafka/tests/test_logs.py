import json
import logging

import pytest

from platform_app.logs import configure_logging, correlation_id


@pytest.fixture(autouse=True)
def _restore_root_logger() -> object:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level


def test_a_line_is_one_json_object_with_the_fields_that_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("billing", "info")
    token = correlation_id.set("c-1")
    logging.getLogger("x").warning("Two\nlines", extra={"topic": "t", "offset": 4, "secret": "no"})
    correlation_id.reset(token)
    (text,) = capsys.readouterr().out.splitlines()
    line = json.loads(text)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": "warning",
        "service": "billing",
        "message": "Two\nlines",
        "correlationId": "c-1",
        "topic": "t",
        "offset": 4,
    }


def test_an_exception_keeps_its_class_and_stack(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("billing")
    try:
        raise ZeroDivisionError("oh")
    except ZeroDivisionError:
        logging.getLogger("x").exception("Failed.")
    line = json.loads(capsys.readouterr().out)
    assert line["errorClass"] == "ZeroDivisionError"
    assert "ZeroDivisionError: oh" in line["stack"]


def test_the_level_is_respected(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("billing", "error")
    logging.getLogger("x").warning("quiet")
    assert capsys.readouterr().out == ""
