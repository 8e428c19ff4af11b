"""The protocol's edge: the only importer of pygls, lsprotocol and asyncio."""
