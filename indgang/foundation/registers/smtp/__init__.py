"""The mail server that carries our mails out: client, and the simulator that keeps them in demo and tests."""
