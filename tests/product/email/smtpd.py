# A mail server for tests: keeps every mail as a file named by its number, envelope first; refuses on demand.
# Ends when its standard input is closed.
import asyncio
import os
import sys
import threading

from aiosmtpd.smtp import SMTP

folder, port = sys.argv[1], int(sys.argv[2])


class Keep:
    count = max((int(name) for name in os.listdir(folder) if name.isdigit()), default=0)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("slow"):
            await asyncio.sleep(8)
        Keep.count += 1
        name = os.path.join(folder, f"{Keep.count:06}")
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {envelope.rcpt_tos[0]}\r\n"
        with open(name + ".part", "wb") as file:
            file.write(head.encode() + envelope.content)
        os.rename(name + ".part", name)
        return "250 OK"


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


async def main():
    threading.Thread(target=end_with_the_test, daemon=True).start()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keep(), loop=loop), "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main())
