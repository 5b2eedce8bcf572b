"""What this machine does: both frameworks measured side by side."""
