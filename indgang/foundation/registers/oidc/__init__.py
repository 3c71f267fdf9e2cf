"""The employees' common login of the outside world: a provider of OpenID Connect that speaks real HTTP and misbehaves."""
