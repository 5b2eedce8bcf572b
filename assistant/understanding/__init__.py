"""Read what a person wrote into observations about them."""
