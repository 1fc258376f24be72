"""The two services as processes, against librdkafka's in-process brokers."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from platform_app.generate import main as generate

SOURCES = str(Path(__file__).parents[2] / "src")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def launch(module: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", f"platform_app.{module}"],
        env={**os.environ, "PYTHONPATH": SOURCES, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def get(port: int, path: str, wanted: Any, seconds: float = 60) -> None:
    """Asks until the answer is the wanted one."""
    deadline, answer = time.monotonic() + seconds, None
    while answer != wanted:
        assert time.monotonic() < deadline, f"{path} still answers {answer}"
        time.sleep(0.05)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as response:
                answer = json.load(response)
        except OSError as error:
            answer = str(error)


@pytest.fixture
def kafka(brokers: str, tmp_path: Path) -> dict[str, str]:
    return {
        "KAFKA_BOOTSTRAP_SERVERS": brokers,
        "KAFKA_TOPIC": "served",
        "KAFKA_GROUP_ID": "served",
        "KAFKA_DEAD_LETTER_TOPIC": "served.dlq",
        "DATABASE_URL": f"sqlite:///{tmp_path}/store.db",
    }


@pytest.fixture
def processes() -> Iterator[list["subprocess.Popen[str]"]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_from_http_to_the_store_and_a_stop_in_order(
    kafka: dict[str, str], processes: list["subprocess.Popen[str]"]
) -> None:
    ports = {"producer": free_port(), "consumer": free_port()}
    for module, port in ports.items():
        processes.append(launch(module, HTTP_PORT=str(port), **kafka))
    get(ports["producer"], "/health/ready", {"status": "ready"})
    assert generate(["--count", "200", "--url", f"http://127.0.0.1:{ports['producer']}"]) == 0
    get(ports["consumer"], "/stats", {"events": 200, "effects": 200})
    get(ports["consumer"], "/health/ready", {"status": "ready"})
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        lines = [json.loads(line) for line in output.splitlines()]
        assert lines[-1]["message"] == "Stopped."
        assert {line["level"] for line in lines} <= {"info", "warning"}


@pytest.mark.parametrize("module", ["producer", "consumer"])
def test_a_missing_setting_ends_the_process_with_2(
    module: str, processes: list["subprocess.Popen[str]"]
) -> None:
    process = launch(module)
    processes.append(process)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    (line,) = output.splitlines()
    assert "KAFKA_BOOTSTRAP_SERVERS" in json.loads(line)["message"]


def test_a_port_that_is_taken_is_a_wrong_setting(
    kafka: dict[str, str], processes: list["subprocess.Popen[str]"]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        process = launch("producer", HTTP_PORT=str(server.getsockname()[1]), **kafka)
        processes.append(process)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "HTTP_PORT" in output


def test_brokers_that_are_away_are_waited_for(
    kafka: dict[str, str], processes: list["subprocess.Popen[str]"]
) -> None:
    port = free_port()
    kafka["KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:1"
    process = launch("producer", HTTP_PORT=str(port), **kafka)
    processes.append(process)
    get(port, "/health/live", {"status": "alive"})
    get(port, "/health/ready", "HTTP Error 503: Service Unavailable")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
