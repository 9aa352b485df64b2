"""Alembic's environment without an ini file: it works on the connection and transaction it is given."""

from alembic import context

from monitor.store.rows import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
