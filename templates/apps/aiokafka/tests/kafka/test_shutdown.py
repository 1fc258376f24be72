import asyncio

import pytest

from platform_app.shutdown import BUG, KAFKA_REFUSED, STOPPED, KafkaRefused, Shutdown


def code_after(error: Exception | None) -> int:
    async def work() -> None:
        if error is not None:
            raise error

    async def scenario() -> int:
        shutdown = Shutdown()
        await asyncio.wait([shutdown.supervised(work(), "work")])
        await asyncio.sleep(0)
        return shutdown.exit_code

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("error", "code"),
    [(None, STOPPED), (KafkaRefused("no"), KAFKA_REFUSED), (ZeroDivisionError(), BUG)],
)
def test_a_task_that_dies_takes_the_process_along(error: Exception | None, code: int) -> None:
    assert code_after(error) == code


def test_the_first_to_ask_decides_the_code() -> None:
    async def scenario() -> None:
        shutdown = Shutdown()
        shutdown.request()
        shutdown.refused("too late")
        assert shutdown.exit_code == STOPPED

    asyncio.run(scenario())


def test_waiting_ends_when_the_end_is_asked_for() -> None:
    async def scenario() -> None:
        shutdown = Shutdown()
        assert await shutdown.unless(asyncio.sleep(0, "done")) == "done"
        asyncio.get_running_loop().call_later(0.01, shutdown.request)
        assert await shutdown.unless(asyncio.sleep(60, "late")) is None
        await shutdown.sleep(60)

    asyncio.run(scenario())
