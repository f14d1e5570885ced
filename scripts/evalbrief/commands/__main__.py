"""Understand what a person asks of brief.py, and do it. Needs the standard library only until a command runs."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

EPILOG = """examples:
  python3 brief.py                          build what changed, of all evaluations
  python3 brief.py build --only demo        build one evaluation
  python3 brief.py check                    look for faults in the data
  python3 brief.py plan                     say what would be made again, and why

On Windows write py instead of python3."""
REVISIONS = "A revision is what git has of the data, texts and settings, made by the program and templates of today."
STOPPED = "Stopped; what was finished is kept, and the next build goes on from there."


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit status; every expected trouble is one sentence."""
    for stream in (sys.stdout, sys.stderr):
        # A narrow space is in no Windows console's code page: better a sign too many than no message.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    words = ["--help" if word == "help" else word for word in words]
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    if words[0] == "test" and not {"-h", "--help"} & set(words):
        from evalbrief.commands.test import test

        return test(words[1:])
    arguments = read_words(words)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    except BrokenPipeError:  # who reads has gone, as `| head` does: there is nobody left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from evalbrief.commands.disk import NUMBERS, DiskFull

        if error.errno in NUMBERS:
            print(DiskFull(), file=sys.stderr)
            return 1
        print(f"{error.filename or 'A file'} cannot be read or written: {error.strerror}.", file=sys.stderr)
        return 1


def read_words(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line; end with a helpful sentence when it is not understood."""
    parser = argparse.ArgumentParser(
        prog="brief.py",
        description="Make evaluation briefs (PDF, Word and web page) from the data in data/.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    helps = {
        "build": "make the documents that are missing or out of date (done when no command is given)",
        "check": "look for faults in the data, and make nothing",
        "plan": "say which documents would be made again, and why",
        "translated": "record that a translation is right: made from the original as it is now",
        "issue": "keep a draft of a brief, with all it was made from, under the next number",
        "compare": "show what changed since a draft or revision: tracked changes for Word, a PDF, a page with reasons",
        "import-review": "read Word files that reviewers sent back: their edits, comments and quick facts",
        "fetch": "fetch the files that come from elsewhere, and say what came",
        "refresh": "unattended: fetch, build, publish what is final and right, tell what changed",
        "published": "look at the published sets, put an earlier one back, withdraw an evaluation",
        "watch": "while you write: make anew what changed, and show it in the browser",
        "schedule": "have refresh run by itself, by the scheduler of this computer",
        "clean": "remove what was made; the data stays",
        "test": "run the tests of this program (words after it go to pytest)",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False)
        if name == "translated":
            command.add_argument("evaluation", metavar="EVALUATION", help="the name of a folder in data/")
            command.add_argument("translation", metavar="LANG", help="the language of the translation, such as en")
            command.add_argument(
                "texts", nargs="*", metavar="TEXT", help="these texts only, such as logic or recommendations.csv"
            )
        elif name == "compare":
            command.add_argument("evaluation", metavar="EVALUATION", help="the name of a folder in data/")
            command.description = f"{command.description} {REVISIONS}"
            for option, dest, otherwise in (
                ("--from", "old", "the last draft"),
                ("--to", "new", "what is in build/"),
            ):
                command.add_argument(
                    option,
                    dest=dest,
                    type=_version,
                    metavar="VERSION",
                    help=f"the number of a draft, or a tag, branch or commit; else {otherwise}",
                )
            command.add_argument("--author", default="", metavar="NAME", help="whom Word names for the changes")
        elif name == "import-review":
            command.add_argument("files", nargs="+", metavar="FILE", help="a Word file (.docx) that came back")
            command.add_argument(
                "--only", nargs="+", default=(), metavar="EVALUATION", help="of these evaluations only"
            )
            command.add_argument("--apply", action="store_true", help="write what can be written; else only show it")
        elif name == "issue":
            command.add_argument("evaluation", metavar="EVALUATION", help="the name of a folder in data/")
            command.add_argument("--note", default="", metavar="TEXT", help="what the draft is for, in a few words")
        elif name == "published":
            command.add_argument("what", nargs="?", choices=("show", "back", "withdraw", "restore"), default="show")
            command.add_argument("which", nargs="?", default="", metavar="SET or EVALUATION")
        elif name != "test":
            command.add_argument(
                "--only",
                nargs="+",
                default=(),
                metavar="EVALUATION",
                help="these evaluations only, by the names of their folders in data/",
            )
        if name == "watch":
            command.add_argument("--port", default="", metavar="NUMBER", help="the port of the preview")
            command.add_argument("--no-browser", action="store_true", help="open no browser, only say the address")
        if name == "schedule":
            _add_schedule(command)
        if name in ("build", "check", "plan", "compare"):
            command.add_argument(
                "--language", nargs="+", default=(), metavar="LANG", help="these languages only, such as fr"
            )
        if name == "build":
            command.add_argument("--timings", action="store_true", help="say at the end where the time went")
            command.add_argument(
                "--no-worker", action="store_true", help="start Python anew for each step: slower, the same bytes"
            )
            command.add_argument(
                "--cluster", default="", metavar="PROFILE", help="run on a cluster, as profiles/PROFILE says"
            )
    return parser.parse_args(words)


def _add_schedule(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("install", "show", "remove"), help="what to do with the schedule")
    command.add_argument(
        "--every", choices=("hour", "day", "weekday"), default="weekday", help="how often; else every weekday"
    )
    command.add_argument("--at", default="", metavar="TIME", help="the time of day, such as 06:30")
    command.add_argument(
        "--with",
        dest="using",
        choices=("systemd", "cron", "windows", "github"),
        default="",
        help="the scheduler; else the one that this computer has",
    )


def _version(word: str) -> int | str:
    """Read which version is meant: a draft by its number, or else a revision of git."""
    return int(word) if word.isascii() and word.isdigit() else word


def _run(arguments: argparse.Namespace) -> int:
    from evalbrief.trouble import Trouble

    try:
        match arguments.command:
            case "check":
                from evalbrief.commands.check import check

                return check(arguments.only, arguments.language)
            case "plan":
                from evalbrief.commands.plan import plan

                return plan(arguments.only, arguments.language)
            case "translated":
                from evalbrief.commands.translated import translated

                return translated(arguments.evaluation, arguments.translation, arguments.texts)
            case "compare":
                from evalbrief.commands.compare import Asked, compare

                asked = Asked(arguments.old, arguments.new)
                return compare(arguments.evaluation, asked, arguments.language, author=arguments.author)
            case "import-review":
                from evalbrief.commands.import_review import import_review

                return import_review(arguments.files, arguments.only, apply=arguments.apply)
            case "issue":
                from evalbrief.commands.issue import issue

                return issue(arguments.evaluation, arguments.note)
            case "fetch":
                from evalbrief.commands.fetch import fetch

                return fetch(arguments.only)
            case "refresh":
                from evalbrief.commands.refresh import refresh

                return refresh(arguments.only)
            case "published":
                from evalbrief.commands.published import published

                return published(arguments.what, arguments.which)
            case "watch":
                from evalbrief.commands.watch import watch

                return watch(arguments.only, port=arguments.port, browser=not arguments.no_browser)
            case "schedule":
                from evalbrief.commands.schedule import schedule

                return schedule(
                    arguments.action, arguments.using, arguments.only, every=arguments.every, at=arguments.at
                )
            case "clean":
                from evalbrief.commands.clean import clean

                return clean(arguments.only)
            case _:
                from evalbrief.commands.build import build

                return build(
                    arguments.only,
                    arguments.language,
                    warm=not arguments.no_worker,
                    timings=arguments.timings,
                    cluster=arguments.cluster,
                )
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
