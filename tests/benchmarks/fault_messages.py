"""The mail server is away, then there: publishing does not wait for it, and what is told comes once."""

from urllib.parse import quote

from fault_stage import MAIL_PASSWORD, MAIL_USER, NEW, NEWER, Fault, Stage, Verdict
from numbers_shown import RESULTS
from origins import PASSWORDS
from post_office import HOST, free_port, post_office, write_certificate
from unattended import NOTHING_NEW, PUBLISHED

NAME = "OFFICE_MAIL"
SUBJECT = "Evaluation briefs: published"


def mail(stage: Stage, verdict: Verdict) -> None:
    """Publish while nobody takes mail, and once more when somebody does."""
    port, certificate = free_port(), write_certificate(stage.folder / "certificate.pem")
    letter = f"{quote(MAIL_USER)}:{quote(MAIL_PASSWORD, safe='')}"
    address = f"mailtos://{letter}@{HOST}:{port}?from=briefs@example.org&to=office@example.org"
    with stage.office("mail") as office:
        office.keep_secrets(PASSWORDS | {NAME: address})
        office.replace("config.yaml", "tell: []", f"tell: [{NAME}]")
        office.settle()
        stage.web.put(RESULTS.text(NEW))
        done = office.refresh()
        verdict.status(done, PUBLISHED)
        verdict.says(done, f"The message to {NAME} could not be sent")
        verdict.reads(office, {RESULTS: NEW}, "the new set")
        # It trusts the certificate as it would trust that of a network.
        trust = {"SSL_CERT_FILE": str(certificate)}
        with post_office(port, certificate, MAIL_USER, MAIL_PASSWORD) as inbox:
            stage.web.put(RESULTS.text(NEWER))
            done = office.refresh(**trust)
            verdict.status(done, PUBLISHED)
            verdict.reads(office, {RESULTS: NEWER}, "the next set")
            verdict.status(office.refresh(**trust), NOTHING_NEW)
        verdict.see("no message failed" if "could not be sent" not in done.said else done.said, "sent" not in done.said)
        number = len(inbox.messages)
        verdict.see(f"{number} message{'' if number == 1 else 's'} came over TLS, with the password", number == 1)
        for message in inbox.messages:
            body = message.get_body(("plain",)) or message.get_body()  # type: ignore[attr-defined]
            text = body.get_content()
            right = message["Subject"] == SUBJECT and RESULTS.file in text and f"{NEW} → {NEWER}" in text
            verdict.see(f"“{message['Subject']}”, {'with' if right else 'without'} what changed", right)


FAULTS = (
    Fault(
        "mail",
        "Mail server down, then up",
        "published all the same, one sentence says that the message could not be sent; the next message comes, once",
        mail,
    ),
)
