"""A mail server on this computer that takes mail over TLS only (STARTTLS), from one user with a password."""

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class Inbox:
    """Keeps the messages that come."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message."""
        assert session.ssl and session.authenticated
        self.messages.append(message_from_bytes(envelope.original_content or b"", policy=default))
        return "250 OK"


@contextmanager
def post_office(port: int, certificate: Path, user: str, password: str) -> Iterator[Inbox]:
    """Take mail for a while."""

    def let_in(_: SMTP, __: Session, ___: Envelope, ____: str, given: object) -> AuthResult:
        known = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=given == known)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    inbox = Inbox()
    rules = {"tls_context": context, "require_starttls": True, "authenticator": let_in, "auth_required": True}
    controller = Controller(inbox, hostname=HOST, port=port, **rules)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def free_port() -> int:
    """Name a port at which nobody listens."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


def write_certificate(path: Path) -> Path:
    """Write a certificate for this computer that it has signed itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "this computer")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    signed = builder.add_extension(addresses, critical=False).sign(key, hashes.SHA256())
    encoding, form, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(encoding, form, plain) + signed.public_bytes(encoding))
    return path
