"""Reads a stream of Cursor on Target with pytak, as programs made with it do, until it is ended.

The interpreter of build/cot_client runs it, since pytak is there alone. The argument is pytak's settings
as JSON; each event that pytak queues is printed as a line of JSON, with the moment when it came.
"""
import asyncio
import configparser
import datetime
import json
import sys

import pytak


class Printer(pytak.QueueWorker):
    async def handle_data(self, data):
        came = datetime.datetime.now(datetime.timezone.utc).strftime(pytak.W3C_XML_DATETIME)
        print(json.dumps({"came": came, "event": data.decode("utf-8")}), flush=True)


async def read(settings):
    # Paths and passwords may hold a `%`.
    parser = configparser.ConfigParser(interpolation=None)
    parser["reader"] = settings
    tool = pytak.CLITool(parser["reader"])
    await tool.setup()
    tool.add_task(Printer(tool.rx_queue, parser["reader"]))
    await tool.run()


asyncio.run(read(json.loads(sys.argv[1])))
