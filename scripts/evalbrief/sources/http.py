"""Ask a web server for a file: also WebDAV, SharePoint and Nextcloud, which answer a plain GET."""

from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests import exceptions
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.exceptions import HTTPError

from evalbrief.data.addresses import Source
from evalbrief.sources.answer import Answer, Content, Known, Passing, Refused, Unchanged
from evalbrief.sources.limits import Deadline, too_large
from evalbrief.sources.statuses import trouble_of

MOST_REDIRECTS = 5
PIECE = 65_536
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
# The bytes are wanted as they are: their number is compared with the one that the server names.
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "evaluation-briefs"}


class Letter(AuthBase):
    """What lets us in: a name with its password, a token, or nothing.

    Nothing is said too, or requests would look for a password in the file .netrc.
    """

    def __init__(self, user: str = "", secret: str = "") -> None:
        self._user, self._secret = user, secret

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._user:
            return HTTPBasicAuth(self._user.encode(), self._secret.encode())(request)
        if self._secret:
            request.headers["Authorization"] = f"Bearer {self._secret}"
        return request


def ask(source: Source, secret: str, known: Known, deadline: Deadline) -> Answer:
    """Return what a web server has, or that it has nothing new; raise Passing or Refused."""
    # Of an address with a query, marks do not tell whether it is still the same.
    has_marks = "?" not in source.address
    noted = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if has_marks else {}
    conditions = {name: value for name, value in noted.items() if value}
    try:
        with requests.Session() as session, _get(session, source, secret, conditions, deadline) as response:
            if response.status_code == HTTPStatus.NOT_MODIFIED and conditions:
                return Unchanged()
            headers = response.headers
            if response.status_code != HTTPStatus.OK:
                raise trouble_of(response.status_code, headers.get("Retry-After", ""))
            length = headers.get("Content-Length", "")
            if length.isascii() and length.isdigit() and int(length) > deadline.limits.largest_bytes:
                raise Refused(too_large(deadline.limits))
            data = deadline.read(lambda: response.raw.read1(PIECE, decode_content=True))
            marks = (headers.get("ETag", ""), headers.get("Last-Modified", "")) if has_marks else ()
            return Content(data, *marks)
    except (exceptions.RequestException, HTTPError, ValueError) as error:
        # What it says itself could repeat a secret.
        raise _in_words(error) from None


def _get(
    session: requests.Session, source: Source, secret: str, conditions: dict[str, str], deadline: Deadline
) -> requests.Response:
    """Follow redirects ourselves: never away from https, and the secret goes to no other server."""
    address, limits = source.address, deadline.limits
    for _ in range(MOST_REDIRECTS + 1):
        deadline.check()
        at_home = _server(urlsplit(address)) == _server(urlsplit(source.address))
        response = session.get(
            address,
            headers=HEADERS | conditions,
            auth=Letter(source.user, secret) if at_home else Letter(),
            timeout=(min(limits.connect_seconds, deadline.left), min(limits.read_seconds, deadline.left)),
            allow_redirects=False,
            stream=True,
        )
        if response.status_code not in REDIRECTS or "Location" not in response.headers:
            return response
        response.close()
        address = _following(address, response.headers["Location"])
    raise Refused(f"it leads on more than {MOST_REDIRECTS} times. Check the address.")


def _following(address: str, location: str) -> str:
    following = urljoin(address, location)
    parts = urlsplit(following)
    if parts.scheme not in PORTS or (urlsplit(address).scheme == "https" and parts.scheme == "http"):
        raise Refused(
            f"it leads on to {parts.scheme}://{parts.hostname}, where others could read along. Ask who runs the server "
            "for an address that stays with https://."
        )
    return following


def _server(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or PORTS.get(address.scheme)


def _in_words(error: Exception) -> Passing | Refused:
    match error:
        case exceptions.ProxyError():
            return Passing("the proxy of this network lets nothing through. Check the variable HTTPS_PROXY.", away=True)
        case exceptions.SSLError():
            return Refused(
                "its certificate is not trusted here. Ask your IT support for the network's certificate file, and name "
                "it in the environment variable REQUESTS_CA_BUNDLE."
            )
        case exceptions.Timeout():
            return Passing("the server does not answer.", away=True)
        case exceptions.ConnectionError():
            return Passing("the server cannot be reached, or broke off.", away=True)
        case exceptions.ChunkedEncodingError() | HTTPError():
            return Passing("the file was cut off on its way.")
    return Refused("it cannot be asked for. Check the address, user and secret.")
