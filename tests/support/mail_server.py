#!/usr/bin/env python3
"""A mail server for tests: mail_server.py FOLDER [CERTIFICATE KEY USER PASSWORD].

It listens on a free port of 127.0.0.1 and writes FOLDER/port. Each message that it accepts becomes FOLDER/N.eml, N from 1, with the
envelope in the first line. If there is a file FOLDER/answer, its text ("451 4.3.0 not now") answers every message, which becomes
FOLDER/N.refused. With a certificate it takes mail by STARTTLS only, and only from the user who logs in.
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Post:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        answer = "250 2.0.0 queued as " + str(self.count)
        if os.path.exists(self.folder + "/answer"):
            with open(self.folder + "/answer", encoding="utf-8") as file:
                answer = file.read().strip()
        name = self.folder + "/" + str(self.count) + (".eml" if answer.startswith("2") else ".refused")
        with open(name + ".part", "wb") as file:
            file.write(f"{envelope.mail_from} {','.join(envelope.rcpt_tos)}\r\n".encode())
            file.write(envelope.content)
        os.rename(name + ".part", name)
        return answer


async def serve(folder, secure):
    options = {"hostname": "mail.test", "enable_SMTPUTF8": False}
    if secure:
        certificate, key, user, password = secure
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def judge(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == user.encode() and data.password == password.encode())

        options |= {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": judge}
    post = Post(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(post, loop=loop, **options), "127.0.0.1", 0)
    with open(folder + "/port.part", "w", encoding="utf-8") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(folder + "/port.part", folder + "/port")
    await server.serve_forever()


asyncio.run(serve(sys.argv[1], sys.argv[2:]))
