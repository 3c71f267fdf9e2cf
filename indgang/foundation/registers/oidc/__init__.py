"""The employees' common login: a provider of OpenID Connect over real HTTP that can misbehave."""
