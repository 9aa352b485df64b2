"""The files others run Movewire with: each is held against the tool that reads it, and against the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from monitor.doors.mail_door import PORTS
from monitor.metrics import names
from monitor.settings import find, shipped_folder
from monitor.surfaces.cli import cli

pytestmark = pytest.mark.slow  # each file is handed to the tool that reads it, a process of its own
DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = DEPLOY / "prometheus" / "movewire.rules.yaml"
DASHBOARD = DEPLOY / "grafana" / "movewire.json"
MANIFESTS = sorted(p for p in DEPLOY.glob("kubernetes/*/*.yaml") if p.name != "kustomization.yaml")
COMPOSE = sorted(DEPLOY.glob("compose*.yaml"))
_NAME = re.compile(r"movewire_[a-z_]+")


def tool(name: str) -> str:
    """A tool of this environment or of the machine; the test is skipped where there is none."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def check(*command: object, cwd: Path = DEPLOY) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def queries(value: Any) -> list[str]:
    """Every query of a dashboard or a rule file."""
    if isinstance(value, dict):
        own = [v for k, v in value.items() if k in ("expr", "query", "definition") and isinstance(v, str)]
        return own + [q for v in value.values() for q in queries(v)]
    return [q for v in value for q in queries(v)] if isinstance(value, list) else []


@pytest.mark.parametrize("file", [RULES, DASHBOARD], ids=lambda p: p.name)
def test_every_metric_named_is_exported(file: Path) -> None:
    named = {name for query in queries(yaml.safe_load(file.read_text())) for name in _NAME.findall(query)}
    assert len(named) > 5
    assert named <= names()


def test_every_metric_exported_is_shown_or_watched() -> None:
    text = RULES.read_text() + DASHBOARD.read_text()
    kinds = ("_bucket", "_sum", "_count")
    unseen = {n for n in names() if n not in text and not (n.endswith(kinds) and f"{n.rpartition('_')[0]}_" in text)}
    assert unseen == set()


def test_the_rules_fire_when_they_should() -> None:
    promtool = tool("promtool")
    check(promtool, "check", "rules", RULES)
    check(promtool, "test", "rules", "movewire.rules.test.yaml", cwd=RULES.parent)
    for config in sorted(RULES.parent.glob("prometheus*.yaml")):
        check(promtool, "check", "config", config.name, cwd=RULES.parent)


def test_every_rule_is_tested_and_stands_in_the_runbook() -> None:
    alerts = [rule["alert"] for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
    tests = yaml.safe_load((RULES.parent / "movewire.rules.test.yaml").read_text())["tests"]
    fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case.get("exp_alerts")}
    assert fired == set(alerts)
    runbook = (DEPLOY / "README.md").read_text()
    assert [name for name in alerts if f"### {name}\n" not in runbook] == []


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_manifests_are_valid(file: Path) -> None:
    check(tool("kubernetes-validate"), "--strict", "--version", "1.31", file)


@pytest.mark.parametrize("folder", sorted({p.parent for p in MANIFESTS}), ids=lambda p: p.name)
def test_kustomizations_name_every_manifest_and_pods_have_no_more_than_they_need(folder: Path) -> None:
    made = yaml.safe_load((folder / "kustomization.yaml").read_text())
    listed, [image] = made["resources"], made["images"]
    assert sorted(listed) == sorted(p.name for p in folder.glob("*.yaml") if p.name != "kustomization.yaml")
    for name in listed:
        one = yaml.safe_load((folder / name).read_text())
        if one["kind"] in ("StatefulSet", "Deployment"):
            pod = one["spec"]["template"]["spec"]
            [container] = pod["containers"]
            assert container["image"] == f"{image['name']}:latest"  # what the kustomization names anew
            assert pod["automountServiceAccountToken"] is False and pod["securityContext"]["runAsNonRoot"] is True
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
            assert {"livenessProbe", "readinessProbe", "startupProbe", "resources"} <= container.keys()


@pytest.mark.parametrize("folder", sorted({p.parent for p in MANIFESTS}), ids=lambda p: p.name)
def test_kustomizations_are_taken_by_the_tool_that_reads_them(folder: Path) -> None:
    made = list(yaml.safe_load_all(check(tool("kubectl"), "kustomize", folder)))
    assert {one["kind"] for one in made} >= {"Namespace", "Service", "NetworkPolicy"}
    [service] = [one for one in made if one["kind"] == "Service"]
    pods = [one["spec"]["template"] for one in made if one["kind"] in ("StatefulSet", "Deployment")]
    named = {one["spec"]["serviceName"] for one in made if one["kind"] == "StatefulSet"}
    assert named <= {service["metadata"]["name"]}
    for pod in pods:
        assert service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
        [container] = pod["spec"]["containers"]
        probes = {container[f"{kind}Probe"]["httpGet"]["port"] for kind in ("startup", "liveness", "readiness")}
        assert probes == {service["spec"]["ports"][0]["targetPort"]} == {container["ports"][0]["name"]}


@pytest.mark.parametrize("file", [p for p in MANIFESTS if "containers:" in p.read_text()], ids=lambda p: p.name)
def test_a_configuration_is_mounted_where_the_program_looks_first(file: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """And where there is none, the shipped one is used: the folder is then empty."""
    pod = yaml.safe_load(file.read_text())["spec"]["template"]["spec"]
    [mount] = [m for m in pod["containers"][0]["volumeMounts"] if m["name"] == "config"]
    [volume] = [v for v in pod["volumes"] if v["name"] == "config"]
    assert mount["readOnly"] is True and volume["configMap"] == {"name": "movewire-config", "optional": True}
    assert "--from-file=FOLDER" in (DEPLOY / "README.md").read_text()
    home = re.findall(r"^WORKDIR (\S+)$", (DEPLOY.parent / "Dockerfile").read_text(), re.M)[-1]
    monkeypatch.chdir(tmp_path)
    (tmp_path / Path(mount["mountPath"]).relative_to(home)).mkdir()
    assert find(None, {}) == shipped_folder() / "movewire.yaml"
    (tmp_path / "config" / "movewire.yaml").touch()
    assert find(None, {}) == Path("config/movewire.yaml")


def test_a_namespace_is_made_before_what_is_put_into_it() -> None:
    text = (DEPLOY / "kubernetes" / "scale" / "kustomization.yaml").read_text()
    assert 0 < text.index("kubectl apply -f deploy/kubernetes/scale/namespace.yaml") < text.index("create secret")


@pytest.mark.parametrize("policy", [p for p in MANIFESTS if p.name == "networkpolicy.yaml"], ids=lambda p: p.parent.name)
def test_pods_may_reach_what_channels_are_sent_to(policy: Path) -> None:
    """The web and mail servers where their schemes lead; mail in clear is for a relay nearby and opened by who has one."""
    rules = yaml.safe_load(policy.read_text())["spec"]["egress"]
    opened = {one["port"] for rule in rules if "to" in rule for one in rule["ports"]}
    assert opened == {80, 443, *(port for scheme, port in PORTS.items() if scheme != "smtp+plain")}
    assert str(PORTS["smtp+plain"]) in policy.read_text()


def test_the_commands_of_the_runbook_are_commands() -> None:
    text = re.sub(r"```.*?```", "", (DEPLOY / "README.md").read_text(), flags=re.S)
    quoted = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", text)]
    given = [code.removeprefix("movewire ") for code in quoted if re.match(r"movewire [a-z]", code)]
    assert len(given) > 12
    for line in [*given, "deliveries --stat", "feed"]:
        ended = CliRunner().invoke(cli, [*line.split(), "--help"]).exit_code  # parsed whole, then told about instead of done
        assert ended == (0 if line in given else 2), line


@pytest.mark.parametrize("file", COMPOSE, ids=lambda p: p.name)
def test_compose_files_are_valid_and_closed(file: Path) -> None:
    check(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", file)
    services = yaml.safe_load(file.read_text())["services"]
    assert all("max-size" in service["logging"]["options"] for service in services.values())  # else they fill the disk
    ours = [s for s in services.values() if "movewire" in s["image"]]
    assert ours
    for service in ours:
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"] and "mem_limit" in service
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_dockerfile_is_clean() -> None:
    check(tool("hadolint"), DEPLOY.parent / "Dockerfile")
    text = (DEPLOY.parent / "Dockerfile").read_text()
    assert "USER 10001" in text and "HEALTHCHECK" in text and "# syntax=" not in text


def test_the_unit_is_valid(tmp_path: Path) -> None:
    unit = (DEPLOY / "systemd" / "movewire.service").read_text()
    (tmp_path / "movewire.service").write_text(unit.replace("/opt/movewire/bin/movewire", sys.executable))
    said = check(tool("systemd-analyze"), "verify", "--man=no", tmp_path / "movewire.service")
    assert "movewire.service" not in said, said  # an unknown key is a warning, and exit code 0


def test_no_secret_stands_in_a_deploy_file() -> None:
    for file in [p for p in DEPLOY.rglob("*") if p.is_file()]:
        text = file.read_text()
        assert not re.search(r"(whsec_|xox[abp]-|hooks\.slack\.com/services/T)", text), file
        assert "password: " not in text.lower().replace("postgres_password: ${postgres_password", ""), file


def test_the_dashboard_is_one_grafana_takes() -> None:
    board = json.loads(DASHBOARD.read_text())
    assert board["schemaVersion"] >= 39 and board["uid"] == "movewire"
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)) and all(p["title"] and p["targets"] for p in board["panels"])


def test_the_runbook_says_how_to_pin_every_image_of_others() -> None:
    ours, runbook = "${MOVEWIRE_IMAGE:-movewire:latest}", (DEPLOY / "README.md").read_text()
    files = (DEPLOY.parent / "Dockerfile", *COMPOSE)
    named = {one for file in files for one in re.findall(r"^(?:FROM| +image:) (\S+)", file.read_text(), re.M)} - {ours}
    assert len(named) > 1 and [one for one in sorted(named) if f"`{one}@sha256:…`" not in runbook] == []
