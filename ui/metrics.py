"""Figures for whoever watches over the program, in the text format that Prometheus reads.

Owns their names. Leaves counting questions to `watched`. No figure says who asked or what.
"""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

# Seconds; answers here take about a tenth of a second, and two seconds are what a reader is promised.
BUCKETS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """Figures of this process since it started."""

    def __init__(self, documents: Callable[[], int], paragraphs: Callable[[], int], failed: Callable[[], int]) -> None:
        """The arguments tell the present numbers of documents, paragraphs and failed sign-ins."""
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "evidence_desk_questions",
            "Questions and searches, by what became of them.",
            ("act", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "evidence_desk_question_seconds",
            "Time from question to reply.",
            ("act",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        for name, what, number in (
            ("evidence_desk_documents", "Loaded documents.", documents),
            ("evidence_desk_paragraphs", "Paragraphs that can be cited.", paragraphs),
            ("evidence_desk_failed_sign_ins", "Failed attempts to sign in since the start.", failed),
        ):
            Gauge(name, what, registry=self._registry).set_function(number)
        ProcessCollector(registry=self._registry)

    def note(self, act: str, outcome: str, seconds: float) -> None:
        self._questions.labels(act, outcome).inc()
        self._seconds.labels(act).observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)
