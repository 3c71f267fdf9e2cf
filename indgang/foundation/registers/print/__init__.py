"""The printer that prints and posts letters: client, and the simulator that takes the orders in demo and tests."""
