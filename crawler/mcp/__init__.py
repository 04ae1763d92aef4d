"""The Model Context Protocol over the public database: tools that read, for programs that work with language models.

tools.Tools(public, feed, now)    what can be asked, each method a tool: its answer is of :mod:`crawler.mcp.answers`
server.server(tools)              a server of the official SDK, which is an extra: nothing here is imported elsewhere

Further tools are further methods of ``Tools``, entered in ``TOOLS`` of :mod:`crawler.mcp.server`.
"""
