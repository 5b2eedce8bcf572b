"""From words to advice: understanding, deciding, explaining."""
