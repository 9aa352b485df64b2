"""Alembic's migrations, one file a revision in ``versions``. A new one is added to ``monitor.store.revisions`` as well."""
