"""A receiver of Movewire's webhooks in twenty lines: it checks the signature and the age, and takes each id once."""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = [base64.b64decode(s.removeprefix("whsec_")) for s in os.environ["WEBHOOK_SECRETS"].split()]  # old and new while you rotate
SEEN = set()  # yours: a table with a unique column


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        name, stamp = self.headers["webhook-id"] or "", self.headers["webhook-timestamp"] or "0"
        signed = f"{name}.{stamp}.".encode() + body
        ours = {"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in KEYS}
        given = (self.headers["webhook-signature"] or "").split()
        good = any(hmac.compare_digest(a, b) for a in ours for b in given) and abs(time.time() - int(stamp)) < 300
        if good and name not in SEEN:
            print(json.loads(body)["type"], json.loads(body)["data"].get("headline"), flush=True)
            SEEN.add(name)  # after the work is done: what fails before is sent again
        self.send_response(204 if good else 401)
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Receiver).serve_forever()
