"""Ask S3, or a server like it, for a file."""

from contextlib import closing
from http import HTTPStatus

import boto3.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import HTTPError

from evalbrief.data.addresses import Source
from evalbrief.sources.answer import Answer, Content, Known, Passing, Refused, Unchanged
from evalbrief.sources.limits import Deadline, too_large
from evalbrief.sources.statuses import trouble_of

# A piece is waited for until it is whole: small ones, so that the deadline is looked at.
PIECE = 8_192


def ask(source: Source, secret: str, known: Known, deadline: Deadline) -> Answer:
    """Return what a bucket has, or that it has nothing new; raise Passing or Refused."""
    bucket, _, key = source.address.partition("://")[2].partition("/")
    condition = {"IfNoneMatch": known.etag} if known.etag else {}
    try:
        answer = _client(source, secret, deadline).get_object(Bucket=bucket, Key=key, **condition)
        if answer.get("ContentLength", 0) > deadline.limits.largest_bytes:
            raise Refused(too_large(deadline.limits))
        # As `with body` it would hand out a stream that does not miss what is cut off.
        with closing(answer["Body"]) as body:
            return Content(deadline.read(lambda: body.read(PIECE)), answer.get("ETag", ""))
    except ClientError as error:
        status = error.response["ResponseMetadata"].get("HTTPStatusCode", 0)
        if status == HTTPStatus.NOT_MODIFIED and condition:
            return Unchanged()
        headers = error.response["ResponseMetadata"].get("HTTPHeaders", {})
        raise trouble_of(status, headers.get("retry-after", "")) from None
    except (BotoCoreError, HTTPError, ValueError) as error:
        # What it says itself could repeat a secret.
        raise _in_words(error) from None


def _client(source: Source, secret: str, deadline: Deadline):
    """Sign with the key of the source, else with what boto3 finds on this computer, else not at all."""
    limits = deadline.limits
    own_key = {"aws_access_key_id": source.user, "aws_secret_access_key": secret} if secret else {}
    session = boto3.session.Session(**own_key)
    config = Config(
        connect_timeout=min(limits.connect_seconds, deadline.left),
        read_timeout=min(limits.read_seconds, deadline.left),
        retries={"total_max_attempts": 1},  # ours are for all kinds of addresses alike
        # Servers that are like S3 seldom have a name for each bucket.
        s3={"addressing_style": "path" if source.endpoint else "auto"},
        signature_version=None if session.get_credentials() else UNSIGNED,
    )
    return session.client("s3", endpoint_url=source.endpoint or None, config=config)


def _in_words(error: Exception) -> Passing | Refused:
    match error:
        case IncompleteReadError() | HTTPError():
            return Passing("the file was cut off on its way.")
        case NoConnection() | HTTPClientError():
            return Passing("the server cannot be reached, or broke off.", away=True)
    return Refused("it cannot be asked for. Check address, endpoint, user and secret.")
