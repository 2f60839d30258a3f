"""What people do in the hall: each use case loads, asks the core, saves and journals, inside the writer's transaction."""
