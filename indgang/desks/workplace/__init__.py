"""The one screen of agents, counter staff and caseworkers."""
