"""Movewire: who moved and who is building, told once.

Reading order of the package, from the words to the faces:

1. ``model``, ``errors``: the words everything else uses.
2. ``interfaces``: the three contracts an extension implements (Source, Classifier, Notifier).
3. ``sources``, ``classify``, ``grouping``, ``alerting``, ``notify``: the stages, pure functions over frozen values.
4. ``pipeline``: story -> matches -> event -> alert -> deliveries; ``placing``: what one story does of that.
5. ``doors``, ``store``: the doors out and the one place that keeps things.
6. ``collect`` (with ``polling``), ``deliver``: the two loops; ``app`` builds them; ``engine`` ticks them.
7. ``query``, ``surfaces``: asking what was stored.

What the other modules are for says docs/architecture.md, and which may import which.
"""

__version__ = "0.1.0"
