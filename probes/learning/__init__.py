"""What the stacks learn from data, beside how long a step takes them."""
