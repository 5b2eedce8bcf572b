"""One module per stack. Imported only inside a worker process."""
