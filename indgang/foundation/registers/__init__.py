"""One folder per outside system: port, client, simulator, contract tests."""
