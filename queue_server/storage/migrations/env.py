"""Alembic's entry: migrations run on the connection that `storage.upgrade` opened, inside its transaction."""

from alembic import context

from queue_server.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
