"""The encoder as JAX trains it: layers of BERT, or of MPNet for its teacher, and the heads for labels and slots. The former is
applied by ``monitor.classify.encoder.network``.

Shapes: B stories of T pieces, N names of a kind. Of a batch, arrays by name (see ``encoder_batches.collate``).
"""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.experimental.layout import Layout, with_layout_constraint

from benchmarks.encoder_batches import Batch

HEADS, INNER, DROPPED = 12, 256, 0.1
BUCKETS, FARTHEST = 32, 128  # of distances between pieces, by which MPNet weighs them (Song et al. 2020, arXiv:2004.09297)
FAINTEST = -30.0  # a log of a share below it counts as this
# What counts how much, of heads that say yes or no and of those that share out. Whether a story is of a label, and who moves,
# count most: everything else hangs on them.
YES = (("people", 2.0), ("posts", 2.0), ("iorg", 1.0), ("lab", 3.0))
OF_STORY, OF_RECORD = (("ia", 1.0), ("st", 1.0)), (("actions", 1.0), ("patterns", 0.5))
Net = dict[str, Any]


def heads(sizes: dict[str, int], seed: int, wide: int) -> Net:
    """Untrained heads. ``sizes``: of ``lab``, ``ia``, ``st`` (labels, deeds, statuses) and ``kind`` (actions and patterns);
    ``wide``: of the states they read."""
    keys = iter(jax.random.split(jax.random.key(seed), 32))

    def table(*shape: int) -> Any:
        return jax.random.normal(next(keys), shape) * 0.03

    def pair() -> Net:
        return {name: table(wide, INNER) for name in "abc"} | {
            "v": table(INNER, 2),
            "n": jnp.zeros(INNER),
            "z": jnp.zeros(INNER),
        }

    def deep(n: int) -> Net:
        return {"w": table(2 * wide, INNER), "z": jnp.zeros(INNER), "v": table(INNER, n), "b": jnp.zeros(n)}

    return {
        **{name: pair() for name in ("org", "title")},
        **{name: deep(1) for name in ("people", "posts", "iorg")},
        "kind": deep(sizes["kind"]),
        **{name: {"w": table(2 * wide, sizes[name]), "b": jnp.zeros(sizes[name])} for name in ("lab", "ia", "st")},
    }


def _level(x: Any, gain: Any, shift: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * gain + shift


def _distances(t: int) -> Any:
    """T × T: the bucket of how far a piece stands behind another, in the lower half, or before it; the farther the coarser."""
    behind = np.arange(t)[:, None] - np.arange(t)[None, :]
    far, half = abs(behind), BUCKETS // 2
    near = half // 2
    coarse = near + np.log(np.maximum(far, 1) / near) / math.log(FARTHEST / near) * (half - near)
    return np.where(behind < 0, half, 0) + np.where(far < near, far, np.minimum(coarse.astype(int), half - 1))


def _dropped(x: Any, key: Any) -> Any:
    if key is None:
        return x
    drawn = jax.random.bits(key, (*x.shape[:-1], x.shape[-1] // 4), jnp.uint32)  # a byte a number, four times as quick
    kept = jax.lax.bitcast_convert_type(drawn, jnp.uint8).reshape(x.shape) < round(256 * (1 - DROPPED))
    return jnp.where(kept, x * (256 / round(256 * (1 - DROPPED))), 0)


def _gelu(x: Any) -> Any:
    """By tanh, off by at most .0005 from what is applied later, as the slope of erf costs as much as a product of tables."""
    return jax.nn.gelu(x, approximate=True)


def _product(x: Any, table: Any) -> Any:
    """x @ table of numbers of half the bits, summed in full: a step of training takes half as long on a processor that
    multiplies such numbers, and what is learned is as good."""
    return _forth(x, table)[0]


def _half(x: Any) -> Any:
    return jax.lax.optimization_barrier(x.astype(jnp.bfloat16))  # or what makes x is done again for every product


def _turned(x: Any) -> Any:
    """Written out: such products are only quick where rows lie one behind the other."""
    return with_layout_constraint(x.T, Layout(major_to_minor=(0, 1)))


def _forth(x: Any, table: Any) -> Any:
    x, table = _half(x), _half(table)
    return jnp.matmul(x, table, preferred_element_type=jnp.float32), (x, table)


def _back(kept: Any, slope: Any) -> Any:
    (x, table), slope = kept, _half(slope)
    rows = x.reshape(-1, x.shape[-1]), slope.reshape(-1, slope.shape[-1])
    return (
        jnp.matmul(slope, _turned(table), preferred_element_type=jnp.float32),
        jnp.matmul(_turned(rows[0]), rows[1], preferred_element_type=jnp.float32),
    )


_times = jax.custom_vjp(_product)
_times.defvjp(_forth, _back)


def states(net: Net, batch: Batch, key: Any = None) -> Any:
    """B × T × width. ``key``: of the numbers by which parts are dropped in training."""
    ids, n = batch["ids"], len(net["layers"])
    keys = [None] * (2 * n + 1) if key is None else list(jax.random.split(key, 2 * n + 1))
    x = net["words"][ids] + net["places"][: ids.shape[1]] + net["marks"][batch["marks"]]
    x = _dropped(_level(x, net["opening"]["g"], net["opening"]["b"]), keys[0])
    b, t = ids.shape
    hidden = jnp.where(batch["mask"][:, None, None, :] > 0, 0.0, -1e9)
    if "distances" in net:
        hidden = hidden + net["distances"][_distances(t)].transpose(2, 0, 1)
    for layer, first, second in zip(net["layers"], keys[1::2], keys[2::2], strict=True):
        qkv = (_times(x, layer["qkv"]) + layer["qkvb"]).reshape(b, t, 3, HEADS, -1)
        q, k, v = qkv[:, :, 0], qkv[:, :, 1], qkv[:, :, 2]
        share = jax.nn.softmax(jnp.einsum("bqhd,bkhd->bhqk", q, k) / jnp.sqrt(q.shape[-1]) + hidden, -1)
        y = jnp.einsum("bhqk,bkhd->bqhd", share, v).reshape(b, t, -1)
        y = _times(y, layer["o"]) + layer["ob"]
        x = _level(x + _dropped(y, first), layer["g1"], layer["b1"])
        y = _times(_gelu(_times(x, layer["i"]) + layer["ib"]), layer["d"]) + layer["db"]
        x = _level(x + _dropped(y, second), layer["g2"], layer["b2"])
    return x


def _ranked(own: Any, head: Net, names: Any, there: Any) -> Any:
    """B × 2 × (N + 1): the logs of the shares of each name, and of none, for two slots."""
    sums = _gelu((own @ head["a"])[:, None] + names @ head["b"] + (own[:, None] * names) @ head["c"] + head["z"]) @ head["v"]
    none = _gelu(own @ head["a"] + head["n"]) @ head["v"]
    sums = jnp.concatenate([sums, none[:, None]], 1).transpose(0, 2, 1)
    return jax.nn.log_softmax(jnp.where(there[:, None] > 0, sums, -1e9), -1)


def _deep(head: Net, x: Any) -> Any:
    return _gelu(x @ head["w"] + head["z"]) @ head["v"] + head["b"]


def outputs(net: Net, batch: Batch, actions: int, key: Any = None) -> dict[str, Any]:
    """By head what it says of each story; ``actions``: how many of the outputs of ``kind`` are actions."""
    x, head = states(net, batch, key), net["heads"]
    first, whole = x[:, 0], (x * batch["mask"][..., None]).sum(1) / batch["mask"].sum(1, keepdims=True).clip(1)
    story = _dropped(jnp.concatenate([first, whole], -1), key)
    own = jnp.einsum("bt,btd->bd", batch["own"], x)

    def mean(name: str) -> Any:
        return jnp.einsum("bnt,btd->bnd", batch[name], x)

    def beside(names: Any) -> Any:
        return jnp.concatenate([names, jnp.broadcast_to(first[:, None], names.shape)], -1)

    kind = _deep(head["kind"], jnp.concatenate([own, first], -1))
    return {
        "org": _ranked(own, head["org"], mean("orgs"), batch["orgs.there"]),
        "title": _ranked(own, head["title"], mean("titles"), batch["titles.there"]),
        **{name: _deep(head[name], beside(mean(name)))[..., 0] for name in ("people", "posts", "iorg")},
        "actions": jax.nn.log_softmax(kind[:, :actions]),
        "patterns": jax.nn.log_softmax(kind[:, actions:]),
        "lab": story @ head["lab"]["w"] + head["lab"]["b"],
        **{name: jax.nn.log_softmax(story @ head[name]["w"] + head[name]["b"]) for name in ("ia", "st")},
    }


def loss(told: dict[str, Any], batch: Batch) -> Any:
    """How far ``outputs`` are from what was read of the stories."""
    total = 0.0
    for name, slot in (("org", "orgs"), ("title", "titles")):
        right = jax.nn.logsumexp(jnp.where(batch[f"{slot}.gold"] > 0, told[name], -1e9), -1)
        total -= (right * batch[f"{slot}.weight"]).sum()
    for name, weight in YES:
        each = optax.sigmoid_binary_cross_entropy(told[name], batch[f"{name}.gold"])
        total += weight * (each * batch[f"{name}.weight"]).sum()
    for name, weight in OF_STORY + OF_RECORD:
        right = jnp.take_along_axis(told[name], batch[f"{name}.gold"][:, None], 1)[:, 0]
        total -= weight * (right * batch[f"{name}.weight"]).sum()
    return total / batch["ids"].shape[0]


def apart(told: dict[str, Any], teacher: dict[str, Any], batch: Batch) -> Any:
    """How far ``outputs`` are from a teacher's, which has an opinion of everything (Hinton et al. 2015, arXiv:1503.02531)."""
    of_record = batch["of_record"]
    whole, total = batch["there"] * (1 - of_record), 0.0
    for name, weight in YES:
        here = whole[:, None] * (jnp.ones_like(told[name]) if name == "lab" else batch[name].any(-1))
        each = optax.sigmoid_binary_cross_entropy(told[name], jax.nn.sigmoid(teacher[name]))
        total += weight * (each * here).sum()
    # Of buildouts as far as the story is one; how sure a story is, nobody is taught.
    shares = [("ia", 1.0, whole * jax.nn.sigmoid(teacher["lab"][:, 1])), *((*one, of_record) for one in OF_RECORD)]
    for name, weight, here in (*shares, ("org", 1.0, of_record[:, None]), ("title", 1.0, of_record[:, None])):
        each = jnp.exp(teacher[name]) * told[name].clip(FAINTEST)
        total -= weight * (here * each.sum(-1)).sum()
    return total / batch["ids"].shape[0]
