"""A Snakemake logger that tells brief.py what happens: one JSON text a line (RFC 7464), no words for people."""

import json
import sys
from logging import LogRecord

from snakemake_interface_logger_plugins.base import LogHandlerBase

RECORD_MARK = "\x1e"
FIELDS = ("jobid", "job_id", "rule_name", "wildcards", "input", "output", "log", "reason", "stats", "done", "total")


class LogHandler(LogHandlerBase):
    """Write every log record to standard output as one marked line."""

    @property
    def writes_to_stream(self) -> bool:
        """Take the place of Snakemake's own messages."""
        return True

    @property
    def writes_to_file(self) -> bool:
        """Write no file."""
        return False

    @property
    def has_filter(self) -> bool:
        """Let every record through."""
        return True

    @property
    def has_formatter(self) -> bool:
        """Use Snakemake's own wording for the log file."""
        return False

    @property
    def needs_rulegraph(self) -> bool:
        """Do without the graph of rules."""
        return False

    def emit(self, record: LogRecord) -> None:
        """Write the record's event, level, text and known fields."""
        event = getattr(record, "event", None)
        fields = {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None}
        told = {"event": str(event or ""), "level": record.levelname, "text": self.format(record), **fields}
        sys.stdout.write(f"{RECORD_MARK}{json.dumps(told, default=str)}\n")
        sys.stdout.flush()
