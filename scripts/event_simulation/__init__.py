"""The simulated shop "Fernway": its story, its wire formats, its files and truth."""
