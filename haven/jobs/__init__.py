"""What runs Haven: the command line, the embedded database, the supervisor, the queue and its tasks."""
