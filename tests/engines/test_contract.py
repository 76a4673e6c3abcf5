"""Earmark's own engines keep the contract."""

from earmark.engines import load
from earmark.engines.base import Engine
from earmark.testing import EngineContract


class TestTone(EngineContract):
    knows_words = True

    def create_engine(self) -> Engine:
        return load("tone", workers=2)


class TestEspeakForking(EngineContract):
    knows_words = True

    def create_engine(self) -> Engine:
        return load("espeak", options={"isolation": "fork"}, workers=2)


class TestEspeakInFreshProcesses(EngineContract):
    knows_words = True

    def create_engine(self) -> Engine:
        return load("espeak", options={"isolation": "process"}, workers=2)
