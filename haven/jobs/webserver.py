"""How gunicorn serves Haven: threads, no access log, and its own log through Haven's narrow door."""

import gc
import logging
from pathlib import Path

from gunicorn.glogging import Logger

from haven import environment
from haven.jobs.cli import RARELY

gc.set_threshold(*RARELY)
_settings = environment.read()

bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
workers = _settings.web_processes
worker_class = "gthread"
threads = _settings.web_threads
preload_app = True
timeout = 60
keepalive = 5
accesslog = None
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
forwarded_allow_ips = "127.0.0.1,::1"
proc_name = "haven"


def post_fork(server: object, worker: object) -> None:
    """Leave what was loaded before the fork out of garbage collection."""
    gc.freeze()


class NarrowLogger(Logger):
    """Leaves gunicorn's messages to the root logger, which leaves out what was filled into them."""

    def setup(self, cfg: object) -> None:
        """Take no handler of its own."""
        self.error_log = logging.getLogger("gunicorn.error")
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.access_log.disabled = True

    def access(self, *arguments: object) -> None:
        """Write nothing: addresses and query strings are about people."""


logger_class = NarrowLogger
