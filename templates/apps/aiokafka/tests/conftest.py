from collections.abc import Iterator
from pathlib import Path

import pytest

from notes import notes
from platform_app.event import AnyDomain
from platform_app.replay.settings import ReplaySettings
from platform_app.settings import ConsumerSettings, ProducerSettings
from platform_app.store.database import database_of
from platform_app.store.events import EventStore
from platform_app.transformer.settings import TransformerSettings
from support import OpenStore


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    opened: list[EventStore] = []

    def open_(domain: AnyDomain) -> EventStore:
        opened.append(EventStore(database_of(f"sqlite:///{tmp_path}/store.db"), domain))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> EventStore:
    return open_store(notes)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (ProducerSettings, ConsumerSettings, TransformerSettings, ReplaySettings)
    for name in {name for kind in kinds for name in kind.model_fields}:
        monkeypatch.delenv(name.upper(), raising=False)
