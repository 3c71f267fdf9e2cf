"""What the simulated provider knows: codes it gave, its key, and how it behaves."""

import base64
import hashlib
import secrets
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

MODES = ("ok", "slow", "down", "wrong_signature", "wrong_audience", "wrong_nonce", "wrong_issuer", "expired")
_CODE_LIFE = 60  # seconds


@dataclass
class Behaviour:
    """How it answers from now on."""

    mode: str = "ok"
    seconds: float = 0.0
    two_steps: bool = False  # says in `amr` that it has seen a second factor

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Behaviour":
        """Raises ValueError for a mode there is none of."""
        made = cls(str(told["mode"]), float(told.get("seconds", 0)), bool(told.get("two_steps", False)))
        if made.mode not in MODES:
            raise ValueError(f"mode is one of {', '.join(MODES)}")
        return made


@dataclass(frozen=True)
class Given:
    """What a code stands for; it opens once."""

    username: str
    client: str
    redirect_uri: str
    nonce: str
    challenge: str
    at: float


@dataclass
class Provider:
    """One issuer with one client."""

    issuer: str
    client: str
    secret: str
    behaviour: Behaviour = field(default_factory=Behaviour)

    def __post_init__(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": "udenfor-1", "use": "sig", "alg": "RS256"})
        self._forged = RSAKey.generate_key(2048, {"kid": "udenfor-1", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, Given] = {}
        self._lock = threading.Lock()

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        """The public half."""
        return {"keys": [self._key.as_dict(private=False)]}

    def code(self, username: str, asked: dict[str, str]) -> str:
        """A code for somebody who logged in here. Raises ValueError where the client asked wrongly."""
        if asked.get("client_id") != self.client or asked.get("response_type") != "code":
            raise ValueError("unknown client or response type")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise ValueError("PKCE with S256 is needed")
        made = secrets.token_urlsafe(24)
        given = Given(
            username,
            self.client,
            asked.get("redirect_uri", ""),
            asked.get("nonce", ""),
            asked["code_challenge"],
            time.time(),
        )
        with self._lock:
            self._codes[made] = given
        return made

    def token(self, asked: dict[str, str], client: str, secret: str) -> dict[str, Any]:
        """The tokens for a code. Raises ValueError where anything about it is wrong."""
        with self._lock:
            given = self._codes.pop(asked.get("code", ""), None)
        if (client, secret) != (self.client, self.secret):
            raise ValueError("invalid_client")
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if given is None or time.time() - given.at > _CODE_LIFE or given.challenge != shown:
            raise ValueError("invalid_grant")
        if given.redirect_uri != asked.get("redirect_uri"):
            raise ValueError("invalid_grant")
        signed = self._signed(given)
        return {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def _signed(self, given: Given) -> str:
        now, mode = int(time.time()), self.behaviour.mode
        claims: dict[str, Any] = {
            "iss": "https://en-anden.example" if mode == "wrong_issuer" else self.issuer,
            "sub": hashlib.sha256(given.username.encode()).hexdigest()[:32],
            "aud": "en-anden" if mode == "wrong_audience" else given.client,
            "iat": now - 7_200 if mode == "expired" else now,
            "exp": now - 3_600 if mode == "expired" else now + 300,
            "nonce": "en-anden" if mode == "wrong_nonce" else given.nonce,
            "preferred_username": given.username,
        }
        if self.behaviour.two_steps:
            claims["amr"] = ["pwd", "otp"]
        key = self._forged if mode == "wrong_signature" else self._key
        return jwt.encode({"alg": "RS256", "kid": "udenfor-1"}, claims, key)

    def state(self) -> dict[str, Any]:
        """How it behaves."""
        return asdict(self.behaviour)
