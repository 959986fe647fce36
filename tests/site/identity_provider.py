"""A small OpenID Connect provider that speaks real HTTP on this machine and signs with a real key."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, CITIZEN = "office", "s3cret", "1103702071811"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Answers as it should; a test changes ``claims`` or ``broken`` to make it answer wrongly."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.key, self.kid = new_key(), "k1"
        self.claims: dict[str, Any] = {}
        self.broken: dict[str, Any] = {}  # path: what is answered instead, or a status
        self.sign = lambda claims: jwt.encode(claims, self.key, "RS256", headers={"kid": self.kid})
        self.asked: dict[str, str] = {}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def authorise(self, address: str) -> str:
        """What the person's browser does there: look, agree, and come back with a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.address}/authorize?")
        return f"{self.asked['redirect_uri']}?{urlencode({'code': 'c0de', 'state': self.asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        assert challenge.decode().rstrip("=") == self.asked["code_challenge"]
        assert (form["client_id"], form["client_secret"], form["code"]) == (CLIENT, SECRET, "c0de")
        assert form["redirect_uri"] == self.asked["redirect_uri"]
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": CITIZEN, "pid": CITIZEN, "name": "สมชาย", "iat": now,
            "exp": now + 300, "nonce": self.asked.get("nonce", ""), **self.claims,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": self.sign(said)}


@contextmanager
def running() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made = {"/.well-known/openid-configuration": provider.discovery, "/keys": provider.keys}[
                self.path
            ]
            self._answer(made())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _answer(self, made: Any) -> None:
            made = provider.broken.get(self.path, made)
            self.send_response(made if isinstance(made, int) else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            if not isinstance(made, int):
                self.wfile.write(made.encode() if isinstance(made, str) else json.dumps(made).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
