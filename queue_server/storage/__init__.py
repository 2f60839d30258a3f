"""Where the hall is kept: tables, migrations, the ledger of one transaction, and the reads beside it."""
