"""The live hall: rules, storage, the one writer, the HTTP and socket interfaces, staff pages."""
