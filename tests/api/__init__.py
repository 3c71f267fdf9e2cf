"""The JSON interface of a started system, asked as other programs ask it."""
