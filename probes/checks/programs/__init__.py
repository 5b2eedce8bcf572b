"""Small programs that look into a framework; they run in worker processes only."""
