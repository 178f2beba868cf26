"""A relay before a server that can be made silent: relay.py PORT SERVER_PORT SILENT. While the file SILENT is there it
takes connections and bytes, and passes nothing on: a server that is there and says nothing, which is what a dead one looks
like from a phone. What it held is passed on afterwards."""

import asyncio
import os
import sys

port, server, silent = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


async def pass_on(source, to):
    try:
        while data := await source.read(65536):
            while os.path.exists(silent):
                await asyncio.sleep(0.01)
            to.write(data)
            await to.drain()
    except OSError:
        pass  # Either end may be cut at any moment: that is what the tests do.
    finally:
        to.close()


async def relay(reader, writer):
    try:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", server)
    except OSError:
        writer.close()
        return
    await asyncio.gather(pass_on(reader, to_server), pass_on(from_server, writer))


async def main():
    await (await asyncio.start_server(relay, "127.0.0.1", port)).serve_forever()


asyncio.run(main())
