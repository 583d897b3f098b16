"""Serves moto on a port of the loopback: `serve_moto.py PORT`.

moto answers requests on many threads and looks for an object before it writes one, without a lock between: two
conditional writes at once may both succeed, which no cloud's store does. Here they go one after the other.
"""

import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

moto = DomainDispatcherApplication(create_backend_app)
one_at_a_time = threading.Lock()


def serve(environ, start_response):
    if "HTTP_IF_NONE_MATCH" not in environ:
        return moto(environ, start_response)
    with one_at_a_time:
        return list(moto(environ, start_response))


run_simple("127.0.0.1", int(sys.argv[1]), serve, threaded=True)
