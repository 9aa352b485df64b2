"""Traces, where the settings name an OpenTelemetry collector (extra ``otel``): a span a poll, a span a delivery attempt.

The exporter speaks to the operator's own collector, in batches and a thread of its own, and not through the HTTP door.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from monitor import __version__
from monitor.errors import SettingsError


class Span:
    """What is measured just now; without a collector it keeps nothing."""

    def __init__(self, span: Any = None) -> None:
        self._span = span

    def set(self, **attributes: str | int | float | bool | None) -> None:
        if self._span is not None:
            for name, value in attributes.items():
                if value is not None:
                    self._span.set_attribute(f"movewire.{name}", value)


def lacks(endpoint: str) -> str:
    """What traces need and the installation has not; "" where it has all, or nothing is traced."""
    if not endpoint:
        return ""
    try:
        found = find_spec("opentelemetry.sdk") and find_spec("opentelemetry.exporter.otlp.proto.http")
    except ModuleNotFoundError:  # not even what they are below
        found = None
    return "" if found else "traces need the extra: pip install 'movewire[otel]'"


class Traces:
    """``endpoint`` takes OTLP over HTTP (…/v1/traces); "" traces nothing. Raises SettingsError where the extra is missing."""

    def __init__(self, endpoint: str) -> None:
        self._provider: Any = None
        self._tracer: Any = None
        if not endpoint:
            return
        try:  # an optional dependency
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
            from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
            from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
            from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        except ImportError as error:
            raise SettingsError(["tracing.endpoint: traces need the extra: pip install 'movewire[otel]'"]) from error
        resource = Resource.create({"service.name": "movewire", "service.version": __version__})
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
        self._tracer = self._provider.get_tracer("movewire", __version__)

    @contextmanager
    def span(self, name: str, **attributes: str | int | float | bool | None) -> Iterator[Span]:
        """Measure the block; an exception in it is noted and passes through."""
        if self._tracer is None:
            yield Span()
            return
        with self._tracer.start_as_current_span(name) as started:
            span = Span(started)
            span.set(**attributes)
            yield span

    def close(self) -> None:
        """Send what is still to be sent."""
        if self._provider is not None:
            self._provider.shutdown()
