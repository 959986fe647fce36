"""Is this answer really the provider's, for us, of now, and for this very question? (OpenID Connect Core 3.1.3.7)

allauth leaves the signature unchecked where the token came over TLS, and asks no nonce. What stands behind it is that
one person takes part once, so both are checked here.
"""

from __future__ import annotations

import hmac
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# None of them works with a secret we share: a public key can never be taken for one.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY = 60  # seconds by which two clocks may differ


class BadTokenError(OAuth2Error):
    """Why, in words without anything the token says: they are logged."""


def read_token(
    token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """What the token says. Raises BadTokenError for whatever is wrong with it."""
    try:
        said = jwt.decode(
            token, _key_of(token, keys), algorithms=ALGORITHMS, issuer=issuer, audience=client_id, leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise BadTokenError("the token is not valid") from error
    if not hmac.compare_digest(str(said["nonce"]), nonce):
        raise BadTokenError("the token answers another question")
    if isinstance(said["aud"], list) and len(said["aud"]) > 1 and said.get("azp") != client_id:
        raise BadTokenError("the token was made for somebody else")
    return said


def _key_of(token: str, keys: dict[str, Any]) -> Any:
    """By its id; a provider with a single key may leave the id out."""
    wanted = jwt.get_unverified_header(token).get("kid")
    known = jwt.PyJWKSet.from_dict(keys).keys
    for key in known:
        if key.key_id == wanted or (wanted is None and len(known) == 1):
            return key.key
    raise BadTokenError("the token was signed with a key nobody published")
