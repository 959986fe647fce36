"""Confirming who one is with a provider of identities, such as ThaID (OpenID Connect)."""
