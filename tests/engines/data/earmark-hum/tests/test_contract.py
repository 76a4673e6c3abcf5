"""The contract that earmark holds every engine to."""

from earmark_hum import create

from earmark.engines.base import Engine
from earmark.testing import EngineContract


class TestHum(EngineContract):
    """Attributes say what an engine can't promise: `repeatable = False`, `knows_words = True`, `language = "de"`."""

    def create_engine(self) -> Engine:
        """Return a new engine, for two threads at once."""
        return create(options={}, workers=2)
