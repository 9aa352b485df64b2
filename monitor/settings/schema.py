"""Every option of Movewire, declared once: type, default, bounds and help. ``config/movewire.yaml`` says the same.

All models are frozen and refuse unknown keys. Durations are written ``30s``, ``5m``, ``6h``, ``7d`` or as seconds.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, SecretStr
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from monitor.settings.base import HOST_AND_PORT, Listening, help_of
from monitor.settings.base import Duration as Duration
from monitor.settings.base import Positive as Positive
from monitor.settings.base import Section as Section
from monitor.settings.base import parse_duration as parse_duration
from monitor.settings.base import write_duration as write_duration
from monitor.settings.origin import Origin
from monitor.settings.routes import Hours as Hours
from monitor.settings.routes import Matcher as Matcher
from monitor.settings.routes import QuietHours as QuietHours
from monitor.settings.routes import Route as Route
from monitor.settings.written import Switch, ZoneName


class Database(Section):
    url: str = "sqlite:///data/movewire.db"
    """The database: sqlite:///PATH (relative to the working directory), or postgresql://…"""


class Polling(Section):
    min_interval: Positive = timedelta(minutes=5)
    """Poll no feed more often than this."""
    max_interval: Positive = timedelta(hours=6)
    """Poll no feed less often than this, however quiet it is."""
    contact: str = ""
    """An e-mail or web address put into the User-Agent, so that a publisher can reach you. EDGAR requires one."""
    connect_timeout: Positive = timedelta(seconds=5)
    read_timeout: Positive = timedelta(seconds=10)
    total_timeout: Positive = timedelta(seconds=20)
    max_body: int = Field(15 * 1024 * 1024, ge=1024)
    """Bytes after decompression."""
    max_entries: int = Field(2000, ge=1)
    max_redirects: int = Field(5, ge=0, le=20)
    in_flight: int = Field(50, ge=1, le=1000)
    """Simultaneous requests, over all hosts."""
    per_host: int = Field(2, ge=1)
    """Simultaneous requests to one host."""
    host_delay: Duration = timedelta(seconds=1)
    """Time between the starts of two requests to one host."""
    parse_deadline: Positive = timedelta(seconds=10)
    """The process that parses a document is killed after this time."""
    notice_after: Duration = timedelta(minutes=15)
    """operator_channel is told of a feed that has been failing for this long."""


class Network(Section):
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Private networks that feeds and webhooks may reach, for example 127.0.0.0/8."""
    proxy: SecretStr | None = None
    """An HTTP proxy to use. The environment's proxy variables are ignored."""


class Alerting(Section):
    max_age: Positive = timedelta(days=7)
    """A story published longer ago than this is stored, but triggers no alert."""
    alert_backlog: Duration = timedelta(0)
    """At a feed's first poll, alert on stories younger than this. 0: on none."""
    timezone: ZoneName = "UTC"
    """The time zone of the hours of routes, unless a route names its own: an IANA name such as Europe/Berlin."""


class SecondOpinion(Section):
    """A language model asked about stories the local decision is unsure of: any endpoint with OpenAI's API."""

    url: str = Field("", pattern=r"^(https?://[^\s]+)?$")
    """The address of its API, such as http://127.0.0.1:11434/v1. Empty: off."""
    model: str = ""
    api_key: SecretStr | None = None
    timeout: Positive = timedelta(seconds=6)
    """After this, the local decision stands."""
    per_day: int = Field(200, ge=0)
    """At most this many questions a day (UTC)."""
    share: float = Field(0.1, ge=0, le=1)
    """At most this share of the incoming stories is asked about."""


class Classify(Section):
    classifier: str = "cascade"
    threshold_move: float | None = Field(None, ge=0, le=1)
    """Replaces the model's own threshold; a higher one flags fewer stories."""
    threshold_infrastructure: float | None = Field(None, ge=0, le=1)
    encoder: Switch = "auto"
    """The encoder, a small network asked about stories the linear models are unsure of (extra encoder): auto uses it where it
    is installed, on refuses to start without it, off does without."""
    model_dir: str = "data/models"
    """Where `movewire train` keeps its models, relative to the working directory; the promoted ones are used."""
    second_opinion: SecondOpinion = SecondOpinion()


class Retention(Section):
    stories: Duration = timedelta(days=730)
    """Stories and events older than this are deleted, unless they led to an alert; alerts are kept. 0: keep everything."""
    attempts: Duration = timedelta(days=180)
    """The log of delivery attempts is kept this long. 0: for ever."""


class Tracing(Section):
    endpoint: str = ""
    """An OpenTelemetry collector that takes OTLP over HTTP, e.g. http://127.0.0.1:4318/v1/traces (extra otel); "": none."""


class Logging(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    style: Literal["auto", "json", "console"] = "auto"


class Metrics(Listening):
    """For those who watch: every process of an installation, workers too."""

    listen: str = Field("", pattern=rf"^({HOST_AND_PORT})?$")
    """HOST:PORT where the daemon, the scheduler and each worker serve /metrics, /healthz and /readyz, without a token, and
    nothing else; "" for none. Port 0 takes a free one, which the log says. (The daemon serves them beside the pages too.)"""


class Server(Listening):
    """The pages and the HTTP API, served by the daemon."""

    enabled: bool = True
    listen: str = Field("127.0.0.1:8080", pattern=rf"^{HOST_AND_PORT}$")
    """HOST:PORT. Port 0 takes a free one, which the log says."""
    auth: Literal["token", "none"] | None = None
    """token: every request needs one. none: no request does. Left out: none on loopback, token anywhere else."""
    public_url: str = Field("", pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$")
    """Its address for others, used in links and for push. Its host is allowed."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names it answers to, besides localhost, IP addresses and public_url."""
    rate_per_minute: int = Field(600, ge=1)
    """Requests a minute per token, or per client address without a token."""
    max_body: int = Field(1024 * 1024, ge=1024)
    """Bytes of a request."""


class Channel(Section):
    """A destination. Which options a type reads is said in config/movewire.yaml."""

    type: str
    """stdout, webhook, slack, discord, teams, email or apprise."""
    url: SecretStr | None = None
    """The address to post to; for email the server, smtp://user:password@host:587 (STARTTLS), smtps:// (TLS) or
    smtp+plain:// (neither). It is a secret: give it here, by ${VARIABLE}, or as url_file."""
    url_file: str | None = None
    secrets: tuple[SecretStr, ...] = ()
    """webhook: signing secrets, whsec_…, the first signs first. Several at once while you rotate."""
    secrets_file: str | None = None
    """webhook: a file of signing secrets, one a line."""
    headers: dict[str, SecretStr] = Field(default_factory=dict)
    """webhook: headers added to every request."""
    bearer_token: SecretStr | None = None
    """webhook: sent as Authorization."""
    token: SecretStr | None = None
    """slack: a bot's token, xoxb-…, instead of url: messages are then edited in place, with a thread of changes."""
    token_file: str | None = None
    channel: str = ""
    """slack: with token, the channel's ID, such as C0123456789 (in Slack: the channel's details, at the bottom)."""
    signing_secret: SecretStr | None = None
    """slack: with token, the app's signing secret: feedback buttons appear, and Slack calls
    /integrations/slack."""
    app_token: SecretStr | None = None
    """slack: with token, an app-level token, xapp-…: buttons work through Socket Mode, without a public address."""
    api_url: str = "https://slack.com/api/"
    """slack: where the Web API is."""
    format: Literal["auto", "text", "json"] = "auto"
    """stdout: text for people, json for programs (a line each), auto: text on a terminal."""
    sender: str = ""
    """email: the From address."""
    to: tuple[str, ...] = ()
    """email: the recipients."""
    rate_per_second: float = Field(1.0, gt=0, le=1000)
    """At most this many messages a second."""
    timeout: Positive = timedelta(seconds=15)
    enabled: bool = True


class Watchlist(Section):
    orgs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


class FeedEntry(Section):
    """One line of config/feeds.yaml."""

    name: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://[^\s]+$")
    source: str = "syndication"
    category: str = ""
    note: str = ""
    paused: bool = False


class Settings(Section):
    """The whole configuration, frozen. Made by ``monitor.settings.load``."""

    database: Database = Database()
    polling: Polling = Polling()
    network: Network = Network()
    classify: Classify = Classify()
    alerting: Alerting = Alerting()
    logging: Logging = Logging()
    server: Server = Server()
    metrics: Metrics = Metrics()
    retention: Retention = Retention()
    tracing: Tracing = Tracing()
    channels: dict[str, Channel] = Field(default_factory=lambda: {"terminal": Channel(type="stdout", rate_per_second=100)})
    routes: tuple[Route, ...] = (Route(name="everything", channels=("terminal",)),)
    """If you define channels but no routes: one route that sends everything to all of them."""
    operator_channel: str | None = None
    """A channel for notices: feeds in trouble, failing channels, dead letters, missing saved searches."""
    pulse_file: str = ""
    """A file the running process writes at every heartbeat, for `movewire health --pulse FILE`; "" writes none."""
    feeds_file: str = "feeds.yaml"
    """Relative to the configuration file."""
    watchlists_file: str = "watchlists.yaml"
    outlets_file: str = "outlets.yaml"
    routes_file: str = "routes.yaml"
    """A file of routes, if you use one: write them there or under `routes`, not in both."""
    feeds: tuple[FeedEntry, ...] = ()
    """Read from feeds_file; may also be written here."""
    watchlists: dict[str, Watchlist] = Field(default_factory=dict)
    outlet_tiers: dict[str, Annotated[int, Field(ge=1, le=3)]] = Field(default_factory=dict)
    """Read from outlets_file: outlet or domain, folded, to tier 1 (filing, company, agency), 2 (original reporting) or 3."""
    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Where each value was written; empty for settings made in code."""
        return self._origin

    def placed(self, origin: Origin) -> Self:
        """These settings, knowing where they were written."""
        copy = self.model_copy()
        copy._origin = origin
        return copy


class _ForEditors(GenerateJsonSchema):
    """With each option's help, and defaults as people write them: ``5m``, and not ISO 8601's PT5M."""

    def model_schema(self, schema: ModelSchema) -> dict[str, Any]:
        made, section = super().model_schema(schema), schema["cls"]
        for name, words in help_of(section).items():
            made["properties"][section.model_fields[name].alias or name]["description"] = words
        return {"anyOf": [made, {"type": "string"}]} if section is Matcher else made  # one line, as a search is written

    def encode_default(self, dft: Any) -> Any:
        return write_duration(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of config/movewire.yaml, with every option's help and default, for editors."""
    return Settings.model_json_schema(by_alias=True, schema_generator=_ForEditors)
