"""The same brochure by this program and by others, to compare time, memory and file size.

There is one module for each program. Its function `make_builder` gets the folder that `bench.peers.source_files` writes, and
returns a function that builds one edition. The modules are for benchmarks only: `brochure/` does not import them. The other
programs are installed with the extra `bench`.
"""
