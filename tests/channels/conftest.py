"""Vendors' servers on 127.0.0.1, and documents to send to them."""

import datetime as dt
import json
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone
from tests.servers import Server

from gongkai.channels import work
from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.models import Channel, Delivery
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import add_edition, publish_edition, register_document

HTML = "<h2>一、范围</h2><p>各学校：</p><p>请遵照执行。</p>"


class Call:
    """One call that arrived: where, with what."""

    def __init__(self, handler, body):
        parts = urlsplit(handler.path)
        self.method, self.path = handler.command, parts.path
        self.query = dict(parse_qsl(parts.query))
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = body
        kind = self.headers.get("content-type", "")
        self.json = json.loads(body) if "json" in kind and body else None
        self.form = dict(parse_qsl(body.decode())) if "urlencoded" in kind else {}
        self.files = {}
        if "multipart" in kind:
            self._parts(kind)

    def _parts(self, kind):
        mark = kind.partition("boundary=")[2].encode()
        for part in self.body.split(b"--" + mark)[1:-1]:
            head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
            message = EmailMessage()
            line = head.decode().partition("Content-Disposition: ")[2].partition("\r\n")[0]
            message["Content-Disposition"] = line
            name = message["Content-Disposition"].params["name"]
            if message.get_filename():
                self.files[name] = content
            else:
                self.form[name] = content.decode()


class Vendor:
    """A server whose answers a test writes down; every call is kept."""

    def __init__(self):
        self.calls, self.routes = [], {}
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = Call(self, body)
                vendor.calls.append(call)
                answer = vendor.answer(call)
                if answer is None:  # the line breaks before an answer comes
                    self.connection.close()
                    return
                status, headers, data = answer
                content = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _do  # noqa: N815 - what the library calls them

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def on(self, path, *answers):
        """Answers in order, the last one for ever; each an object, (status, object), (status, headers, object), a function of the call, or None."""
        self.routes[path] = list(answers)

    def answer(self, call):
        waiting = self.routes.get(call.path)
        if waiting is None:
            return 404, {}, {"message": f"unexpected {call.path}"}
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if callable(found):
            found = found(call)
        if found is None or (isinstance(found, tuple) and len(found) == 3):
            return found
        return (found[0], {}, found[1]) if isinstance(found, tuple) else (200, {}, found)

    def paths(self):
        return [call.path for call in self.calls]

    def to(self, path):
        return [call for call in self.calls if call.path == path]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def vendor(settings):
    settings.GONGKAI_CHANNEL_NETWORKS = ["127.0.0.0/8"]
    settings.GONGKAI_SITE_ADDRESS = "https://gk.example.gov.cn"
    found = Vendor()
    yield found
    found.close()


SETTINGS = {
    "wechat": ({"app_id": "wx1"}, {"app_secret": "very-secret-app"}),
    "weibo": ({"app_key": "1", "safe_domain": "example.gov.cn"}, {"access_token": "very-secret-token"}),
    "webhook": ({}, {"secret": "very-secret-signature"}),
}


@pytest.fixture
def connected(body, vendor):
    """``connected("wechat")``: a channel that goes to the vendor's server and takes everything."""

    def make(kind, takes="all", **more):
        given, secrets = SETTINGS[kind]
        channel = open_channel(body=body, kind=kind, name=f"青屿{kind}", actor=SYSTEM)
        where = {"endpoint": f"{vendor.address}/hook"} if kind == "webhook" else {"api": vendor.address}
        return configure_channel(
            channel=channel, settings={**given, **where, **more}, secrets=secrets, takes=takes, actor=SYSTEM
        )

    return make


@pytest.fixture
def publish(body):
    """Publish a document, or the next edition of one."""

    def make(document=None, title="关于做好招生工作的通知", text=HTML, **more):
        now = timezone.now()
        if document is None:
            made_on = timezone.localdate() - dt.timedelta(days=3)
            document = register_document(
                body=body, title=title, kind="normative", made_on=made_on, actor=SYSTEM, at=now, **more
            )
        edition = add_edition(document=document, text=text, title=title, actor=SYSTEM, at=now)
        return publish_edition(edition=edition, actor=SYSTEM, at=now)

    return make


def the_delivery(edition, channel=None):
    rows = Delivery.objects.filter(edition=edition)
    return (rows.filter(channel=channel) if channel else rows).get()


def run_due(delivery):
    """The worker comes when the delivery is due, whenever that is; the state afterwards."""
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk, next_try_at__isnull=False).update(next_try_at=now)
    Channel.objects.filter(pk=delivery.channel_id).update(rests_until=None)
    work.work_on(delivery.pk)
    delivery.refresh_from_db()
    delivery.channel.refresh_from_db()
    return delivery.state
