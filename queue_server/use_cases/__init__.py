"""What people do in the hall: load, ask the core, save and journal, inside the writer's transaction."""
